package dev.purser.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.cocalc.Quote;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.LicenseSpec;
import dev.purser.provisioning.Faults.Kind;
import dev.purser.provisioning.SimCoCalc.Account;
import dev.purser.provisioning.SimCoCalc.Checkout;
import dev.purser.provisioning.SimCoCalc.Item;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The way to the simulated CoCalc. A request is on its way in the moment it is sent: whatever happens to its sender, it is
 * carried out; and the sender learns of it, or not.
 */
final class SimDoor implements CoCalcDoor {

    /** Our time-out, and the longest that CoCalc works on a request. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    static final Duration LONGEST = Duration.ofSeconds(5);

    private final SimTime time;
    private final SimCoCalc world;
    private final Faults faults;
    private final Oracle oracle;
    private final PlantedBug bug;

    SimDoor(SimTime time, SimCoCalc world, Faults faults, Oracle oracle, PlantedBug bug) {
        this.time = time;
        this.world = world;
        this.faults = faults;
        this.oracle = oracle;
        this.bug = bug;
    }

    @Override
    public Set<String> accounts() {
        return world.accounts.keySet();
    }

    @Override
    public CoCalc as(String alias) {
        return bug.cocalc(this, world.accounts.get(alias));
    }

    @Override
    public void bind(String alias, UUID account) {}

    @Override
    public boolean isKeyNew(String alias) {
        return false;
    }

    @Override
    public String keyVariable(String alias) {
        return alias;
    }

    class Client implements CoCalc {

        private final Account account;

        Client(Account account) {
            this.account = account;
        }

        /** What CoCalc answers, once it has carried it out. */
        private final class Carried<T> {
            private Answer<T> answer;
        }

        /** @param changes whether carrying it out changes something, so that a lost answer matters */
        private <T> Answer<T> ask(boolean changes, Supplier<Answer<T>> atCoCalc) {
            Supplier<Answer<T>> signedIn = () -> account.keyCounts ? atCoCalc.get() : SimCoCalc.notSignedIn();
            oracle.called(account);
            Duration way = faults.within(SimCoCalc.millis(faults.strikes(Kind.SLOW) ? 900 : 20));
            Duration back = faults.within(SimCoCalc.millis(faults.strikes(Kind.SLOW) ? 900 : 20));
            if (faults.strikes(Kind.NOT_SENT)) {
                time.sleep(way);
                return new Answer.NotSent<>("connection refused");
            }
            if (faults.strikes(Kind.DATABASE_DOWN)) {
                time.sleep(way.plus(back));
                return faults.either()
                        ? new Answer.Refused<>(Refusal.DATABASE_DOWN, "connect ECONNREFUSED")
                        : SimCoCalc.notSignedIn();
            }
            if (faults.strikes(Kind.NOT_SIGNED_IN)) {
                time.sleep(way.plus(back));
                return SimCoCalc.notSignedIn();
            }
            if (faults.strikes(Kind.LATE)) {
                arriveLate(signedIn::get);
                time.sleep(TIMEOUT);
                return new Answer.Unknown<>("time-out");
            }
            boolean lost = faults.strikes(Kind.ANSWER_LOST);
            boolean unreadable = faults.strikes(Kind.UNREADABLE);
            if ((lost || unreadable) && faults.either()) {
                time.sleep(way.plus(back));
                return new Answer.Unknown<>("not carried out");
            }
            Carried<T> carried = new Carried<>();
            time.in(way, () -> carried.answer = signedIn.get());
            if (changes && faults.strikes(Kind.DELIVERED_TWICE)) {
                time.in(way.plus(faults.within(SimCoCalc.millis(500))), () -> world.deliverAgain(signedIn::get));
            }
            time.sleep(way.plus(back));
            return lost || unreadable ? new Answer.Unknown<>("carried out") : carried.answer;
        }

        /** Some time while it still may, and then rather at the worst moment: right after a quote. */
        private void arriveLate(Runnable request) {
            boolean[] arrived = new boolean[1];
            Runnable once = () -> {
                if (!arrived[0]) {
                    arrived[0] = true;
                    request.run();
                }
            };
            account.late.add(once);
            time.in(faults.within(TIMEOUT.plus(LONGEST)), () -> {
                account.late.remove(once);
                once.run();
            });
        }

        /** And somebody pays right before the next question, or while that is answered. */
        private <T> Answer<T> readWhilePaid(Supplier<T> atCoCalc) {
            if (faults.strikes(Kind.PERSON_PAYS)) {
                time.in(
                        faults.within(SimCoCalc.millis(40)),
                        () -> account.payer.accept(faults.within(SimCoCalc.millis(40))));
            }
            return read(atCoCalc);
        }

        private <T> Answer<T> read(Supplier<T> atCoCalc) {
            return ask(false, () -> new Answer.Done<>(atCoCalc.get()));
        }

        private <T> Answer<T> change(Supplier<T> atCoCalc) {
            return ask(true, () -> new Answer.Done<>(atCoCalc.get()));
        }

        @Override
        public Answer<Identity> identity() {
            return read(() -> new Identity(account.id, null));
        }

        @Override
        public Answer<Integer> addToCart(LicenseSpec spec, String description, UUID projectId) {
            oracle.additionSent(account, description);
            long sent = time.nanos();
            return change(() -> {
                oracle.additionArrived(account, sent);
                account.add(spec, description);
                return 1;
            });
        }

        @Override
        public Answer<List<CartItem>> cart() {
            return readWhilePaid(() -> {
                account.cartShownAt = time.now();
                return account.live().stream().map(Item::shown).toList();
            });
        }

        @Override
        public Answer<CartItem> cartItem(long id) {
            return ask(false, () -> Optional.ofNullable(account.cart.get(id))
                    .<Answer<CartItem>>map(item -> new Answer.Done<>(item.shown()))
                    .orElseGet(() -> new Answer.Refused<>(Refusal.NOT_FOUND, "no such item")));
        }

        @Override
        public Answer<List<CartItem>> everPurchased() {
            return readWhilePaid(() -> account.boughtSince(Instant.EPOCH));
        }

        @Override
        public Answer<List<CartItem>> recentPurchases(Duration window) {
            return readWhilePaid(() -> account.boughtSince(time.now().minus(window)));
        }

        @Override
        public Answer<Integer> tick(long itemId, boolean checked) {
            return change(() -> {
                Item item = account.cart.get(itemId);
                if (item == null || !item.isLive()) {
                    return 0;
                }
                item.checked = checked;
                item.tickedByPurser = checked;
                return 1;
            });
        }

        @Override
        public Answer<Integer> untickAll() {
            return change(() -> {
                account.live().forEach(item -> item.checked = false);
                return account.live().size();
            });
        }

        @Override
        public Answer<Integer> remove(long itemId) {
            return change(() -> {
                Item item = account.cart.get(itemId);
                if (item == null || !item.isLive()) {
                    return 0;
                }
                if (faults.strikesPayment(Kind.PERSON_PAYS)) {
                    account.payer.accept(faults.within(LONGEST));
                }
                item.removed = true;
                if (faults.strikesPayment(Kind.PERSON_PUTS_BACK)) {
                    time.in(faults.within(SimCoCalc.millis(100)), account.putter);
                }
                return 1;
            });
        }

        @Override
        public Answer<Quote> quote() {
            Answer<Quote> answer = ask(false, () -> {
                List.copyOf(account.late).forEach(request -> {
                    if (faults.either()) {
                        time.in(faults.within(SimCoCalc.millis(30)), request);
                    }
                });
                if (faults.strikes(Kind.PERSON)) {
                    time.in(faults.within(SimCoCalc.millis(40)), account.meddler);
                }
                if (faults.strikes(Kind.PAUSES)) {
                    time.in(faults.within(SimCoCalc.millis(40)), account.pauser);
                }
                if (faults.strikes(Kind.PERSON_PUTS_BACK)) {
                    time.in(faults.within(SimCoCalc.millis(40)), account.putter);
                }
                return account.isPoisoned() && faults.either()
                        ? new Answer.Refused<>(world.refusal, "bug cost must not be null")
                        : new Answer.Done<>(account.quote());
            });
            if (answer instanceof Answer.Done<Quote> done) {
                account.shown(done.value());
                account.quotedAt = time.nanos();
            }
            return answer;
        }

        /** The only request with a length of its own: the cart is read at its beginning and booked at its end. */
        @Override
        public Answer<Boolean> checkout() {
            oracle.checkoutSent(account);
            if (faults.strikes(Kind.NOT_SENT)) {
                return new Answer.NotSent<>("connection refused");
            }
            if (faults.strikes(Kind.NOT_SIGNED_IN) || !account.keyCounts) {
                time.sleep(faults.within(SimCoCalc.millis(20)));
                return SimCoCalc.notSignedIn();
            }
            boolean late = faults.strikesPayment(Kind.LATE);
            boolean lost = faults.strikesPayment(Kind.ANSWER_LOST) || faults.strikesPayment(Kind.UNREADABLE);
            if (lost && faults.either()) {
                time.sleep(faults.within(SimCoCalc.millis(50)));
                return new Answer.Unknown<>("not carried out");
            }
            Duration way = late ? faults.within(TIMEOUT) : faults.within(SimCoCalc.millis(20));
            Duration length =
                    late ? faults.between(LONGEST.dividedBy(2), LONGEST) : faults.within(SimCoCalc.millis(100));
            if (faults.strikesPayment(Kind.PAID_TWICE)) {
                // While our connection is open: the network keeps nothing longer.
                Duration open = TIMEOUT.minus(way);
                Duration later = faults.within(length.compareTo(open) < 0 ? length : open);
                time.in(way.plus(later), () -> account.begin(false).ifPresent(checkout -> {
                    checkout.doubled = true;
                    time.in(length, () -> oracle.booked(account, checkout));
                }));
            }
            boolean[] refused = new boolean[1];
            boolean[] poisoned = new boolean[1];
            time.in(way, () -> {
                poisoned[0] = account.isPoisoned();
                if (poisoned[0]) {
                    return;
                }
                Optional<Checkout> begun = account.begin(false);
                refused[0] = begun.isEmpty();
                begun.ifPresent(checkout -> time.in(length, () -> oracle.booked(account, checkout)));
            });
            Duration answered = way.plus(length).plus(SimCoCalc.millis(1));
            if (answered.compareTo(TIMEOUT) > 0) {
                time.sleep(TIMEOUT);
                return new Answer.Unknown<>("time-out");
            }
            if (lost) {
                time.sleep(faults.within(answered));
                return new Answer.Unknown<>("connection lost");
            }
            time.sleep(answered);
            if (poisoned[0]) {
                return new Answer.Refused<>(world.refusal, "bug cost must not be null");
            }
            return refused[0]
                    ? new Answer.Refused<>(Refusal.INSUFFICIENT_CREDIT, "Insufficient credit")
                    : new Answer.Done<>(true);
        }

        @Override
        public Answer<BigDecimal> balance() {
            return read(account::printedBalance);
        }

        @Override
        public Answer<EmailAddress> emailAddress(UUID customer) {
            return read(() -> new EmailAddress(true, Optional.empty()));
        }

        @Override
        public Answer<Integer> edit(long itemId, LicenseSpec spec, String description) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<LedgerPage> purchases(LedgerQuery query) {
            Instant since = Instant.parse(query.cutoff());
            return read(() -> account.page(since));
        }

        @Override
        public Answer<List<License>> managedLicenses(int limit, int skip) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<License> license(UUID licenseId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<List<Subscription>> subscriptions(int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<Boolean> setManagers(UUID licenseId, List<UUID> managers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<JsonNode> userQuery(JsonNode query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<Boolean> stopProject(UUID projectId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Answer<Compiled> latex(LatexJob job) {
            throw new UnsupportedOperationException();
        }
    }
}
