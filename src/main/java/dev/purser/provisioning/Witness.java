package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Refusal;
import java.util.List;
import java.util.UUID;

/** An empty answer is trusted only when CoCalc, asked then whose the key is, names this account: to nobody in particular everything is empty. */
record Witness(CoCalc cocalc, UUID account) {

    <T> Answer<List<T>> list(Answer<List<T>> answer) {
        return answer instanceof Answer.Done<List<T>> done && done.value().isEmpty() ? confirmed(answer) : answer;
    }

    /** An item that is said not to exist may be there for its owner. */
    Answer<CartItem> item(Answer<CartItem> answer) {
        return isNotFound(answer) ? confirmed(answer) : answer;
    }

    Answer<CoCalc.EmailAddress> customer(Answer<CoCalc.EmailAddress> answer) {
        return answer instanceof Answer.Done<CoCalc.EmailAddress> done
                        && !done.value().accountExists()
                ? confirmed(answer)
                : answer;
    }

    static boolean isNotFound(Answer<?> answer) {
        return answer instanceof Answer.Refused<?> no && no.refusal() == Refusal.NOT_FOUND;
    }

    private <T> Answer<T> confirmed(Answer<T> empty) {
        Answer<CoCalc.Identity> identity = cocalc.identity();
        if (identity instanceof Answer.Done<CoCalc.Identity> done) {
            return done.value().accountId().equals(account)
                    ? empty
                    : new Answer.NotSignedIn<>("the key belongs to another CoCalc account");
        }
        return identity.map(never -> {
            throw new IllegalStateException("only an answer that is done is changed");
        });
    }
}
