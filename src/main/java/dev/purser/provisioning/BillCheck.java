package dev.purser.provisioning;

import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.OrderToken;
import dev.purser.provisioning.Standing.PaidLine;
import dev.purser.provisioning.Standing.Unproven;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether each closed checkout was billed as it was bought, and once. A cart item keeps only its last license, so what the
 * network delivers twice shows in the ledger alone; and it may show there a little later, so the ledger is asked once more
 * when the quiet time is over.
 */
final class BillCheck {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Standing standing;
    private final Bill bill;
    private final Settings settings;

    BillCheck(Standing standing, Seen seen, Settings settings) {
        this.standing = standing;
        this.bill = seen.bill();
        this.settings = settings;
    }

    Optional<Action> next() {
        List<Unproven> unproven = standing.billing().unproven();
        List<Bill.Verdict> verdicts = bill.lines().stream()
                .flatMap(lines -> unproven.stream().flatMap(checkout -> verdict(checkout, lines).stream()))
                .toList();
        if (!verdicts.isEmpty()) {
            return Optional.of(new Action.BookBill(verdicts));
        }
        return unproven.stream().anyMatch(this::isDue) && mayAsk()
                ? Optional.of(new Action.ReadLedger(unproven.stream()
                        .map(Unproven::billFrom)
                        .min(Comparator.naturalOrder())
                        .orElseThrow()))
                : Optional.empty();
    }

    private Optional<Bill.Verdict> verdict(Unproven checkout, List<LedgerLine> lines) {
        if (checkout.billFrom().isBefore(bill.since())) {
            return Optional.empty();
        }
        boolean complete = !bill.askedAt().isBefore(provable(checkout));
        Map<PaidLine, LedgerLine> billed = new LinkedHashMap<>();
        List<LedgerLine> twice = new ArrayList<>();
        for (PaidLine line : checkout.lines()) {
            List<LedgerLine> ofItem = lines.stream()
                    .filter(each -> Long.valueOf(line.itemId()).equals(each.itemId()))
                    .sorted(Comparator.comparing(LedgerLine::time).thenComparing(LedgerLine::id))
                    .toList();
            if (ofItem.isEmpty()) {
                return Optional.empty();
            }
            billed.put(line, ofItem.get(0));
            twice.addAll(ofItem.subList(1, ofItem.size()));
            lines.stream().filter(each -> isOfAnotherItem(each, line, checkout)).forEach(twice::add);
        }
        List<LedgerLine> along = along(checkout, billed, lines).stream()
                .filter(line -> !twice.contains(line))
                .toList();
        if (twice.isEmpty() && along.isEmpty() && checkout.booked() && !complete) {
            return Optional.empty();
        }
        String objection = Stream.of(
                        told("BILLED_TWICE", twice, "the network or a person sent the payment once more"),
                        told("BILLED_NOT_ORDERED", along, "somebody changed the cart between quote and payment"))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + "; " + other)
                .map(text -> "checkout " + checkout.checkout() + ": " + text)
                .orElse(null);
        return Optional.of(new Bill.Verdict(
                checkout,
                billed,
                Stream.concat(twice.stream(), along.stream()).toList(),
                complete || objection != null,
                objection));
    }

    /** A person has bought an item of this order, and the network had delivered its addition once more. */
    private boolean isOfAnotherItem(LedgerLine line, PaidLine paid, Unproven checkout) {
        return line.itemId() != null
                && !checkout.items().contains(line.itemId())
                && OrderToken.find(line.itemText())
                        .filter(token -> token.instance().equals(settings.instance())
                                && token.orderId().equals(paid.orderId()))
                        .isPresent();
    }

    /** The lines of one checkout have the identical time (a CoCalc fact). */
    private static List<LedgerLine> along(Unproven checkout, Map<PaidLine, LedgerLine> billed, List<LedgerLine> lines) {
        Set<Instant> times = billed.values().stream().map(LedgerLine::time).collect(Collectors.toSet());
        return lines.stream()
                .filter(line -> line.itemId() != null
                        && !checkout.items().contains(line.itemId())
                        && times.contains(line.time()))
                .toList();
    }

    private static Optional<String> told(String name, List<LedgerLine> lines, String why) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String purchases = lines.stream()
                .map(line -> "purchase " + line.id() + " of cart item " + line.itemId() + " at " + line.cost() + " USD")
                .collect(Collectors.joining(", "));
        return Optional.of(name + " " + purchases + ": " + why);
    }

    /** Where there is more to buy, the read-back of one of the next checkouts shows these lines, too. */
    private boolean isDue(Unproven checkout) {
        Duration pause = isUnread(checkout, standing, settings) ? ASK_AGAIN : settings.quiet();
        if (standing.now().isBefore(bill.askedAt().plus(pause))) {
            return false;
        }
        boolean busy = !standing.due().isEmpty() || !standing.inCart().isEmpty();
        Duration patience = busy ? settings.quiet().multipliedBy(2) : Duration.ZERO;
        return !checkout.booked() || !standing.now().isBefore(provable(checkout).plus(patience));
    }

    /** The ledger has not shown it yet, and may soon. */
    static boolean isUnread(Unproven checkout, Standing standing, Settings settings) {
        return !checkout.booked()
                && standing.now().isBefore(checkout.answeredAt().plus(settings.quiet()));
    }

    private Instant provable(Unproven checkout) {
        return checkout.answeredAt().plus(settings.quiet());
    }

    private boolean mayAsk() {
        return settings.throttle().isFree(standing.billing().reads(), standing.now());
    }
}
