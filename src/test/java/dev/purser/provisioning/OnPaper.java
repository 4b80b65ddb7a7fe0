package dev.purser.provisioning;

import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalcDoor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** A store and a CoCalc that only note what is asked of them, in which order, and answer what they were given. */
final class OnPaper implements Pacing {

    final List<String> calls = new ArrayList<>();
    /** By the name of what is asked; a supplier's is asked for each time. */
    final Map<String, Object> answers = new HashMap<>(Map.of("writeDown", OptionalLong.of(7), "accounts", Set.of()));
    /** What the books were told to hold, to cancel, to settle or to tick again. */
    final List<Object> told = new ArrayList<>();

    /** Whose orders were asked for with the last observation. */
    List<Object> named = List.of();

    long nanos;
    Duration whileWriting = Duration.ZERO;
    private final Settings settings;

    OnPaper(Settings settings) {
        this.settings = settings;
    }

    Desk desk() {
        Store store = new Store(
                noted(Leases.class),
                noted(Standings.class),
                noted(Books.class),
                noted(BoughtItems.class),
                noted(ForeignTicks.class),
                noted(AddIntents.class),
                noted(Checkouts.class),
                noted(AccountBook.class),
                noted(Bills.class));
        Accounts accounts = new Accounts(noted(CoCalcDoor.class));
        return new Desk(noted(CoCalc.class), store, accounts, settings, this, new Trouble(), () -> {});
    }

    private <T> T noted(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> note(method, args)));
    }

    private Object note(Method method, Object[] args) {
        String name = method.getName();
        calls.add(name);
        if (List.of("hold", "cancel", "settle", "noteTicks").contains(name)) {
            told.addAll((Collection<?>) args[1]);
        }
        if (name.equals("of")) {
            named = List.copyOf((Collection<?>) args[1]);
        }
        nanos += name.equals("writeDown") ? whileWriting.toNanos() : 0;
        Object answer = answers.get(name);
        return answer instanceof Supplier<?> each ? each.get() : answer;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public boolean pass(Duration time) {
        nanos += time.toNanos();
        return true;
    }

    @Override
    public boolean isStopping() {
        return false;
    }
}
