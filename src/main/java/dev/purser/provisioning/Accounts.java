package dev.purser.provisioning;

import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.PurchasingAccount;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The purchasing accounts of the configuration that CoCalc has confirmed to this instance, and what is wrong with each. */
@ApplicationScoped
class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);

    private final CoCalcDoor door;
    private final Map<String, PurchasingAccount> known = new ConcurrentSkipListMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final Map<String, String> doubts = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> twins = ConcurrentHashMap.newKeySet();

    Accounts(CoCalcDoor door) {
        this.door = door;
    }

    /** Those whose identity was confirmed and whose purchases were read since this instance started. */
    Collection<PurchasingAccount> confirmed() {
        return known.values();
    }

    Set<String> unconfirmed() {
        Set<String> names = new TreeSet<>(door.accounts());
        names.removeAll(known.keySet());
        return names;
    }

    /** Until then nobody adds: a token bought on one account must be known on all, also on one that is paused. */
    boolean everyoneLooked() {
        return twins.containsAll(unconfirmed());
    }

    /** Whether its key is that of an account that is confirmed under another name: then nothing is unread there. */
    void twin(String name, boolean is) {
        if (is) {
            twins.add(name);
        } else {
            twins.remove(name);
        }
    }

    void confirm(PurchasingAccount account) {
        trouble(account.name(), null);
        doubt(account.name(), null);
        known.put(account.name(), account);
    }

    /** Writes down what is wrong between this account and CoCalc just now, for people; null when nothing is. */
    void trouble(String name, @Nullable String what) {
        if (what == null) {
            troubles.remove(name);
        } else {
            troubles.put(name, what);
        }
    }

    /** Whether its last question got a useful answer, be it a refusal. */
    void answers(String name, boolean answering) {
        if (answering) {
            silent.remove(name);
        } else {
            silent.add(name);
        }
    }

    @Nullable
    String trouble(String name) {
        return doubts.getOrDefault(name, troubles.get(name));
    }

    /** Its key seems not to count, so CoCalc is asked whose it is until it does; null when it does. */
    void doubt(String name, @Nullable String why) {
        if (why == null) {
            doubts.remove(name);
        } else if (!why.equals(doubts.put(name, why))) {
            LOG.warnf("purchasing account %s cannot buy: %s", name, why);
        }
    }

    boolean isDoubted(String name) {
        return doubts.containsKey(name);
    }

    boolean isAnyDoubted() {
        return !doubts.isEmpty();
    }

    /**
     * Those that are at work and could buy instead: also one that was refused a checkout. It takes back what it has room for, and
     * whoever held that because of its trouble would hold it again, without end.
     */
    Collection<UUID> othersThan(PurchasingAccount account) {
        return known.values().stream()
                .filter(other -> !isDoubted(other.name()) && !silent.contains(other.name()))
                .map(PurchasingAccount::id)
                .filter(id -> !id.equals(account.id()))
                .toList();
    }

    Optional<PurchasingAccount> byId(UUID id) {
        return known.values().stream()
                .filter(account -> account.id().equals(id))
                .findFirst();
    }
}
