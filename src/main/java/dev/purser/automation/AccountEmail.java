package dev.purser.automation;

import dev.purser.cocalc.CoCalc;
import dev.purser.kernel.Email;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which email address an account has. */
record AccountEmail(UUID accountId) implements Deed {

    private static final String RIGHT = "Use a purchasing account in CoCalc's group partner.";

    static @Nullable Deed read(Form form) {
        UUID accountId = form.required("account_id", form.uuid("account_id"), Form.UUID_HINT);
        return accountId == null ? null : new AccountEmail(accountId);
    }

    @Override
    public Tried perform(Bench bench) {
        return bench.cocalc()
                .emailAddress(accountId)
                .fold(new Judgement<CoCalc.EmailAddress>(bench.account(), RIGHT, answer -> told(bench, answer)));
    }

    private Tried told(Bench bench, CoCalc.EmailAddress answer) {
        if (!answer.accountExists()) {
            return Trusted.empty(
                    bench,
                    new Tried.Failed(
                            "unknown_account",
                            "CoCalc knows no account " + accountId
                                    + "; correct account_id and send it under a new id."));
        }
        return new Tried.Done(Bench.object()
                .put("account_id", accountId.toString())
                .put("email", answer.email().map(Email::address).orElse(null)));
    }
}
