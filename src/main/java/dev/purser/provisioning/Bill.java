package dev.purser.provisioning;

import dev.purser.cocalc.LedgerLine;
import dev.purser.provisioning.Standing.PaidLine;
import dev.purser.provisioning.Standing.Unproven;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What CoCalc's ledger said.
 *
 * @param askedAt database time before the question
 * @param since everything from then on is in it, by CoCalc's clock
 * @param lines empty when no useful answer came
 */
record Bill(Instant askedAt, Instant since, Optional<List<LedgerLine>> lines) {

    static final Bill NONE = new Bill(Instant.EPOCH, Instant.MAX, Optional.empty());

    /**
     * What it says about one closed checkout.
     *
     * @param billed the line of each item that was bought
     * @param extra what was billed besides, of ours once more or somebody else's
     * @param complete nothing can be added to it any more
     * @param objection why a person must look before the account buys again, or null
     */
    record Verdict(
            Unproven checkout,
            Map<PaidLine, LedgerLine> billed,
            List<LedgerLine> extra,
            boolean complete,
            @Nullable String objection) {}
}
