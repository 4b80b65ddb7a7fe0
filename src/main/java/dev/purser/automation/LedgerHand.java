package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.cocalc.CoCalc.LedgerQuery;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.LedgerTurns;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a ledger page by page, within CoCalc's throttle for that question and behind the engine, which asks it, too. */
@ApplicationScoped
class LedgerHand {

    private static final int PAGE = 500;
    private static final int MOST_PAGES = 20;

    /** Lines of one time come in any order, so each page begins within the one before. */
    private static final int OVERLAP = 50;

    private static final long LOOK_AGAIN_MILLIS = 250;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

    private final LedgerTurns turns;
    private final CountDownLatch stopping = new CountDownLatch(1);

    LedgerHand(LedgerTurns turns) {
        this.turns = turns;
    }

    /** Lines that arrive meanwhile push others to the next page, so some come twice and none is left out. */
    Tried pull(Bench bench, PurchasesPull pull) {
        Optional<UUID> account = turns.accounts().stream()
                .filter(each -> each.name().equals(bench.account()))
                .map(PurchasingAccount::id)
                .findFirst();
        if (account.isEmpty()) {
            return new Tried.Again(
                    Obstacle.NOT_SENT, "CoCalc has not yet told whose the key of " + bench.account() + " is", null);
        }
        Map<Object, JsonNode> lines = new LinkedHashMap<>();
        BigDecimal balance = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            if (!isMyTurn(account.get())) {
                return new Tried.Again(
                        Obstacle.THROTTLED, "the ledger was asked as often as CoCalc allows", Duration.ofMinutes(1));
            }
            Answer<LedgerPage> answer = bench.cocalc()
                    .purchases(new LedgerQuery(PAGE, page * (PAGE - OVERLAP), pull.since(), pull.service(), false));
            if (!(answer instanceof Answer.Done<LedgerPage> done)) {
                return answer.fold(pull.judgement(bench));
            }
            balance = first(balance, done.value().balance());
            done.value().lines().forEach(line -> lines.put(key(line), line));
            if (done.value().lines().size() < PAGE) {
                return PurchasesPull.told(lines.values(), balance, true);
            }
        }
        return PurchasesPull.told(lines.values(), balance, false);
    }

    private static @Nullable BigDecimal first(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null ? other : one;
    }

    /** A line without an id is nobody else's twin. */
    private static Object key(JsonNode line) {
        return line.path("id").canConvertToLong() ? line.path("id").longValue() : line;
    }

    private boolean isMyTurn(UUID account) {
        long begun = System.nanoTime();
        while (!turns.take(account)) {
            boolean isTooLong = System.nanoTime() - begun > LONGEST_WAIT.toNanos();
            if (isTooLong || isStoppingWithin(LOOK_AGAIN_MILLIS)) {
                return false;
            }
        }
        return true;
    }

    private boolean isStoppingWithin(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping.countDown();
    }
}
