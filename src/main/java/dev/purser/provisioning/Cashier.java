package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.Standing.Checkout;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works one purchasing account while it holds its lease: observes, decides, does one thing, again. What was seen dies with
 * the lease or with an exception; then everything is looked at anew.
 */
final class Cashier {

    private static final Logger LOG = Logger.getLogger(Cashier.class);

    private final PurchasingAccount account;
    private final Desk desk;
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile @Nullable Lease lease;
    private Seen seen = Seen.NOTHING;
    private @Nullable String told;
    private volatile long renewedAt;
    private volatile long wakeAt;
    /** When the last quote was answered. */
    private long quotedAt;

    Cashier(PurchasingAccount account, Desk desk) {
        this.account = account;
        this.desk = desk;
        this.wakeAt = desk.pacing().nanos();
    }

    boolean isFor(UUID accountId) {
        return account.id().equals(accountId);
    }

    /** There may be work, or the lease that is held wants to be renewed. */
    boolean isDue() {
        return !busy.get() && (isWoken() || isRenewalDue());
    }

    private boolean isWoken() {
        return desk.pacing().nanos() - wakeAt >= 0;
    }

    private boolean isRenewalDue() {
        return lease != null
                && desk.pacing().nanos() - renewedAt > desk.settings().lease().toNanos() / 3;
    }

    /** Turns until there is nothing to do; one caller at a time, the others go away at once. */
    void work() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            Lease held = lease();
            while (held != null && isWoken() && mayGoOn() && turn(held)) {
                renewIfDue(held);
            }
        } catch (Lease.Lost e) {
            LOG.info(e.getMessage());
            forget();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: this turn failed and is observed anew", account.name());
            seen = Seen.NOTHING;
            sleep(Duration.ofSeconds(1));
        } finally {
            busy.set(false);
        }
    }

    /** What was paid for is still written down when Purser stops. */
    private boolean mayGoOn() {
        return !desk.pacing().isStopping() || seen.paid() != null;
    }

    /** When Purser stops: the step that was under way has ended, the next instance need not wait. */
    void leave() {
        Lease held = lease;
        if (held != null && busy.compareAndSet(false, true)) {
            forget();
            try {
                desk.store().leases().release(held);
            } catch (RuntimeException e) {
                LOG.warnf("%s: the lease could not be left and runs out by itself: %s", account.name(), e.getMessage());
            }
        }
    }

    private @Nullable Lease lease() {
        Lease held = lease;
        if (held == null) {
            long asked = desk.pacing().nanos();
            Optional<Lease> acquired = desk.store().leases().acquire(account);
            acquired.ifPresent(
                    fresh -> LOG.infof("%s is ours, fence %d", fresh.account().name(), fresh.fence()));
            seen = Seen.NOTHING;
            renewedAt = asked;
            held = acquired.orElse(null);
            lease = held;
        } else {
            renewIfDue(held);
        }
        return held;
    }

    /** A lease counts from before the question: one whose answer took long is due again, or lost by now. */
    private void renewIfDue(Lease held) {
        while (isRenewalDue() && mayGoOn()) {
            long asked = desk.pacing().nanos();
            desk.store().leases().renew(held);
            renewedAt = asked;
        }
    }

    /** @return whether to turn again at once */
    private boolean turn(Lease held) {
        Standing standing = desk.store()
                .standings()
                .of(
                        account,
                        tokensSeen(),
                        desk.accounts().othersThan(account),
                        desk.accounts().everyoneLooked());
        seen = seen.withWishes(standing);
        Action action =
                Decision.decide(standing, seen, desk.settings(), desk.trouble().isAnswering());
        LOG.debugf("%s: %s", account.name(), action.getClass().getSimpleName());
        Turn turn = new Turn(desk.withSignOfLife(() -> renewIfDue(held)), held, standing, seen, quotedAt);
        desk.trouble().begin();
        action.by(Hands.of(turn));
        noteQuestion(held, action);
        // A payment follows the quote of the turn before, or there is none.
        seen = action instanceof Action.AskQuote ? turn.seen() : turn.seen().withoutQuote();
        quotedAt = turn.quotedAt();
        if (!(action instanceof Action.Look) && !(action instanceof Action.Close)) {
            seen = seen.withBought(List.of());
        }
        tell(desk.trouble().what());
        Duration rest = desk.trouble().isMet() ? desk.trouble().rest() : turn.resting();
        if (!rest.isZero()) {
            sleep(rest);
        }
        return rest.isZero();
    }

    /** What was asked about a checkout in doubt, and what came back, for people. */
    private void noteQuestion(Lease held, Action action) {
        String trouble = desk.trouble().isMet() ? desk.trouble().what() : null;
        if (action instanceof Action.ReadBack question && question.checkout().state() != Checkout.State.PAYING) {
            desk.store().checkouts().asked(held, question.checkout(), trouble == null ? "answered" : trouble);
        } else if (action instanceof Action.Disarm disarm && trouble != null) {
            desk.store().checkouts().asked(held, disarm.checkout(), "the ticks could not be taken away: " + trouble);
        }
    }

    private void tell(@Nullable String trouble) {
        if (trouble != null
                && !trouble.equals(told)
                && !trouble.equals(desk.accounts().trouble(account.name()))) {
            LOG.warnf("%s: %s", account.name(), trouble);
        }
        told = trouble;
        desk.accounts().trouble(account.name(), trouble);
        desk.accounts().answers(account.name(), desk.trouble().isAnswering());
    }

    private Collection<OrderId> tokensSeen() {
        Stream<CartItem> readBack = seen.readBack().orElse(List.of()).stream()
                .filter(item -> !seen.settled().contains(item.id()));
        return Stream.of(seen.cart().items().stream(), seen.bought().stream(), readBack)
                .flatMap(Function.identity())
                .map(CartItem::description)
                .map(OrderToken::find)
                .flatMap(Optional::stream)
                .filter(token -> token.instance().equals(desk.settings().instance()))
                .map(OrderToken::orderId)
                .distinct()
                .toList();
    }

    private void sleep(Duration time) {
        wakeAt = desk.pacing().nanos() + time.toNanos();
    }

    /** Ends the rest at once: a person wants it to look. */
    void wake() {
        wakeAt = desk.pacing().nanos();
    }

    private void forget() {
        lease = null;
        seen = Seen.NOTHING;
        desk.trouble().forget();
        tell(null);
    }
}
