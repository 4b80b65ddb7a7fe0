package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.PurchasingAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Asks CoCalc whose each key is: at the start, when a key file has changed and when a key seems not to count any more. Words alone
 * refuse no key, since CoCalc says the same while its database is down.
 */
final class KeyCheck {

    private static final Logger LOG = Logger.getLogger(KeyCheck.class);

    /** Around a window of purchases, for clocks that differ. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    /** In a row, each of them between two answers that name the account. */
    private static final int REFUSALS_THAT_PROVE = 3;

    private final CoCalcDoor door;
    private final AccountBook book;
    private final BoughtItems bought;
    private final Accounts accounts;
    private final Clock clock;
    private final Consumer<String> works;
    private final Trouble trouble = new Trouble();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private boolean starting = true;
    private String unanswered = "";

    /** @param works is told the name of an account whose key counts again */
    KeyCheck(
            CoCalcDoor door,
            AccountBook book,
            BoughtItems bought,
            Accounts accounts,
            Clock clock,
            Consumer<String> works) {
        this.door = door;
        this.book = book;
        this.bought = bought;
        this.accounts = accounts;
        this.clock = clock;
        this.works = works;
    }

    /** @return what is wrong with the configuration, so that nobody should buy with it */
    Optional<String> ask() {
        trouble.begin();
        unanswered = "";
        Optional<String> wrong = Optional.empty();
        for (String name : accounts.unconfirmed()) {
            wrong = wrong.or(() -> confirm(name));
        }
        accounts.confirmed().stream()
                .filter(account -> accounts.isDoubted(account.name()) || door.isKeyNew(account.name()))
                .forEach(this::askAgain);
        starting = false;
        if (unanswered.isEmpty()) {
            trouble.over();
        } else {
            trouble.met(unanswered);
        }
        return wrong.or(this::everyKeyIsRefused);
    }

    /** How long everybody is left alone when somebody gave no answer. */
    Duration rest() {
        return trouble.rest();
    }

    void databaseIsAway() {
        trouble.met("the database gives no answer");
    }

    private Optional<String> confirm(String name) {
        CoCalc cocalc = door.as(name);
        Answer<CoCalc.Identity> identity = cocalc.identity();
        if (isOfNoAccount(identity)) {
            refuse(name, " holds a key that belongs to no account, as that of a project does;");
            return Optional.empty();
        }
        if (!(identity instanceof Answer.Done<CoCalc.Identity> done)) {
            notYet(name, said(name, identity));
            return Optional.empty();
        }
        UUID id = done.value().accountId();
        if (!PartnerRights.has(cocalc, id)) {
            refuse(name, " holds the key of CoCalc account " + id + ", which has no partner rights;");
            return Optional.empty();
        }
        refusals.remove(name);
        refused.remove(name);
        PurchasingAccount account = new PurchasingAccount(id, name);
        accounts.twin(name, accounts.byId(id).isPresent());
        Optional<String> objection = book.bind(account);
        if (objection.isPresent()) {
            if (starting && accounts.byId(id).isPresent()) {
                return objection;
            }
            pause(name, objection.get());
            return Optional.empty();
        }
        door.bind(name, id);
        look(account, cocalc);
        return Optional.empty();
    }

    private void look(PurchasingAccount account, CoCalc cocalc) {
        Instant lookedAt = bought.lookedAt(account);
        Answer<List<CartItem>> answer = new Witness(cocalc, account.id())
                .list(
                        lookedAt == null
                                ? cocalc.everPurchased()
                                : cocalc.recentPurchases(Duration.between(lookedAt, clock.instant())
                                        .plus(SLACK)));
        if (answer instanceof Answer.Done<List<CartItem>> items) {
            bought.remember(account, items.value());
            accounts.confirm(account);
            LOG.infof("purchasing account %s is CoCalc account %s", account.name(), account.id());
        } else {
            notYet(account.name(), said(account.name(), answer));
        }
    }

    private static boolean isOfNoAccount(Answer<CoCalc.Identity> identity) {
        return identity instanceof Answer.Refused<CoCalc.Identity> no && no.refusal() == Refusal.NO_ACCOUNT;
    }

    private void refuse(String name, String why) {
        String message = door.keyVariable(name) + why + " give it an account key of a partner account, or take " + name
                + " out of the configuration";
        if (refusals.merge(name, 1, Integer::sum) >= REFUSALS_THAT_PROVE) {
            refused.put(name, message);
        }
        notYet(name, message);
    }

    private Optional<String> everyKeyIsRefused() {
        Set<String> names = door.accounts();
        return !names.isEmpty() && refused.keySet().containsAll(names)
                ? Optional.of(names.stream().map(refused::get).collect(Collectors.joining("; ")))
                : Optional.empty();
    }

    private void askAgain(PurchasingAccount account) {
        String name = account.name();
        Answer<CoCalc.Identity> identity = door.as(name).identity();
        if (isOfNoAccount(identity)) {
            pauseForAnother(account, "a key that belongs to no account");
        } else if (!(identity instanceof Answer.Done<CoCalc.Identity> done)) {
            notYet(name, said(name, identity));
        } else if (!done.value().accountId().equals(account.id())) {
            UUID other = done.value().accountId();
            String known = accounts.byId(other)
                    .map(twin -> ", which is configured as " + twin.name())
                    .orElse("");
            pauseForAnother(account, "the key of CoCalc account " + other + known);
        } else if (!PartnerRights.has(door.as(name), account.id())) {
            notYet(name, "CoCalc account " + account.id() + " has no partner rights, so customers cannot be looked up");
        } else {
            LOG.infof("the key of purchasing account %s counts, it is CoCalc account %s", name, account.id());
            accounts.doubt(name, null);
            works.accept(name);
        }
    }

    private void pauseForAnother(PurchasingAccount account, String key) {
        pause(
                account.name(),
                door.keyVariable(account.name()) + " holds " + key + ", but " + account.name() + " is CoCalc account "
                        + account.id() + "; put a key of that account back and resume");
    }

    private void pause(String name, String why) {
        book.pause(name, why);
        notYet(name, why);
    }

    /** The words are CoCalc's only where they say more than that the key does not count. */
    static String said(String name, Answer<?> answer) {
        return answer instanceof Answer.NotSignedIn
                ? "CoCalc does not accept the key of " + name + ", or its database is down; it is asked again"
                : answer.summary();
    }

    private void notYet(String name, String why) {
        accounts.doubt(name, why);
        unanswered = why;
    }
}
