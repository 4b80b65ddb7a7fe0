package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.cocalc.CoCalc.LedgerQuery;
import dev.purser.cocalc.LedgerLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reads the newest part of one account's ledger, within the throttle. That no answer comes stops nothing: the cart tells what
 * was bought, too, and the ledger is asked again later.
 */
final class LedgerReading {

    private static final Logger LOG = Logger.getLogger(LedgerReading.class);
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 10;

    private final Desk desk;
    private final Lease lease;
    private final Standing standing;
    private final List<Instant> reads;
    private final long begun;

    LedgerReading(Desk desk, Lease lease, Standing standing) {
        this.desk = desk;
        this.lease = lease;
        this.standing = standing;
        this.begun = desk.pacing().nanos();
        this.reads = new ArrayList<>(standing.billing().reads());
    }

    /** @return everything since then, if one page holds it */
    Optional<List<LedgerLine>> onePage(Instant since) {
        return page(since, 0).filter(page -> page.lines().size() < PAGE).map(LedgerReading::lines);
    }

    /** Lines that arrive meanwhile push others to the next page, so some come twice and none is left out. */
    Optional<List<LedgerLine>> everything(Instant since) {
        Map<Long, LedgerLine> lines = new LinkedHashMap<>();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Optional<LedgerPage> page = page(since, pages * PAGE);
            page.ifPresent(each -> lines(each).forEach(line -> lines.put(line.id(), line)));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            if (page.get().lines().size() < PAGE) {
                return Optional.of(List.copyOf(lines.values()));
            }
            desk.pacing().pass(desk.settings().throttle().pace());
        }
        return Optional.empty();
    }

    private Optional<LedgerPage> page(Instant since, int offset) {
        Instant now = standing.now().plusNanos(desk.pacing().nanos() - begun);
        if (!desk.settings().throttle().isFree(reads, now)) {
            return Optional.empty();
        }
        if (desk.settings().throttle().on()) {
            desk.store().bills().asking(lease);
            reads.add(now);
        }
        String cutoff = since.truncatedTo(ChronoUnit.MILLIS).toString();
        Answer<LedgerPage> answer = desk.cocalc().purchases(new LedgerQuery(PAGE, offset, cutoff, null, false));
        if (answer instanceof Answer.Done<LedgerPage> done) {
            return Optional.of(done.value());
        }
        LOG.infof("%s: the ledger is asked again later: %s", lease.account().name(), answer.summary());
        return Optional.empty();
    }

    private static List<LedgerLine> lines(LedgerPage page) {
        return page.lines().stream()
                .flatMap(line -> LedgerLine.of(line).stream())
                .toList();
    }
}
