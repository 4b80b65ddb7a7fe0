package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One turn of a cashier: how it asks CoCalc, and what was seen. */
final class Turn {

    /** Around a window of purchases, for clocks that differ. */
    static final Duration SLACK = Duration.ofMinutes(10);

    private final Desk desk;
    private final Lease lease;
    private final Standing standing;
    private long quotedAt;
    private Seen seen;
    private Duration rest = Duration.ZERO;

    /** @param quotedAt when the quote of the turn before was answered, by this machine's timer */
    Turn(Desk desk, Lease lease, Standing standing, Seen seen, long quotedAt) {
        this.desk = desk;
        this.lease = lease;
        this.standing = standing;
        this.seen = seen;
        this.quotedAt = quotedAt;
    }

    Desk desk() {
        return desk;
    }

    Lease lease() {
        return lease;
    }

    Standing standing() {
        return standing;
    }

    Store store() {
        return desk.store();
    }

    Trouble trouble() {
        return desk.trouble();
    }

    Seen seen() {
        return seen;
    }

    void sees(UnaryOperator<Seen> change) {
        seen = change.apply(seen);
    }

    /** When the quote that is seen was answered, by this machine's timer. */
    long quotedAt() {
        return quotedAt;
    }

    void quotedNow() {
        quotedAt = desk.pacing().nanos();
    }

    /** How long nothing needs to be done. */
    Duration resting() {
        return rest;
    }

    void rest(Action.Wait wait) {
        rest = wait.time();
        seen = wait.readAgain() ? seen.withoutReadBack() : seen;
    }

    /** Some actions ask many questions; the lease must last for all of them. */
    CoCalc cocalc() {
        desk.signOfLife().run();
        return desk.cocalc();
    }

    Answer<List<CartItem>> cart() {
        return witness().list(cocalc().cart());
    }

    Answer<CartItem> cartItem(long id) {
        return witness().item(cocalc().cartItem(id));
    }

    Witness witness() {
        return new Witness(cocalc(), lease.account().id());
    }

    /** Empty where it was no useful answer: then the account waits. */
    <T> Optional<T> value(Answer<T> answer) {
        if (answer instanceof Answer.Done<T> done) {
            desk.trouble().over();
            return Optional.of(done.value());
        }
        String said = KeyCheck.said(lease.account().name(), answer);
        desk.trouble().met(said);
        if (answer instanceof Answer.NotSignedIn) {
            desk.accounts().doubt(lease.account().name(), said);
        }
        return Optional.empty();
    }
}
