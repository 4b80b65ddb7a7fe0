package dev.purser.reconciliation.ledger;

import dev.purser.reconciliation.sql.Statements;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether the stored ledger of an account is what CoCalc counts.
 *
 * @param counted every service has as many lines as CoCalc counts
 * @param objections each in words; none: proven as far as can be
 * @param unproven what this CoCalc gives no means to prove
 */
record Proof(boolean counted, List<String> objections, List<String> unproven) {

    static Proof of(Statements db, UUID account, Census census) {
        Map<String, Sums> read = Sums.byService(db, account);
        List<String> differences = census.services().isEmpty() ? List.of() : census.countsThatDiffer(read);
        if (!differences.isEmpty()) {
            return new Proof(false, differences, List.of());
        }
        List<String> objections = new ArrayList<>();
        List<String> unproven = new ArrayList<>();
        census.services()
                .ifPresentOrElse(
                        counts -> counts.forEach((service, count) -> {
                            BigDecimal cost = count.cost();
                            Sums sums = read.get(service);
                            if (sums != null && cost != null && !fits(db, account, service, sums, cost)) {
                                objections.add("the lines of service " + service + " come to "
                                        + sums.printed().toPlainString() + " USD, CoCalc says " + cost.toPlainString());
                            }
                        }),
                        () -> unproven.add("this CoCalc does not count its lines by service"));
        BigDecimal balance = census.balance();
        if (balance == null) {
            unproven.add("this CoCalc tells no balance with the ledger");
        } else {
            Sums all = Sums.all(read);
            if (!fits(db, account, null, all, balance.negate())) {
                objections.add("all lines come to a balance of "
                        + all.printed().negate().toPlainString() + " USD, CoCalc says " + balance.toPlainString());
            }
        }
        return new Proof(true, objections, unproven);
    }

    private static boolean fits(Statements db, UUID account, @Nullable String service, Sums sums, BigDecimal told) {
        return sums.comesTo(told)
                || Sums.oneByOne(db, account, service).stream().anyMatch(sum -> Sums.isAbout(told, sum));
    }
}
