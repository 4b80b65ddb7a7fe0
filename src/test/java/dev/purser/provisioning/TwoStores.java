package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.SimDatabase.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Both stores, two holders and two accounts: whatever is done is done in both, and must come to the same. */
final class TwoStores {

    static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

    final Random random;
    final List<OrderId> orders = new ArrayList<>();
    private final StoreWorld sqlWorld;
    private final StoreWorld simWorld;
    private final long seed;
    private final List<PurchasingAccount> accounts;
    private final List<String> log = new ArrayList<>();
    private final Map<String, Side> sides = new HashMap<>();
    private int holder;
    private PurchasingAccount account;

    /** What one holder knows of one account, in the words of each store. */
    static final class Side {
        Lease lease;
        Standing sql;
        Standing sim;
        /** Additions without an answer so far, first in PostgreSQL's words and then in the other's. */
        final List<List<Planned>> planned = new ArrayList<>();

        Line line(OrderId order) {
            return sim.named().get(order);
        }
    }

    /** One store, and what it showed when it was observed. */
    record Known(Store store, Standing standing, boolean simulated) {

        Line line(OrderId order) {
            return standing.named().get(order);
        }

        List<Line> lines(List<OrderId> ids) {
            return ids.stream().map(this::line).toList();
        }
    }

    record Both<T>(T sql, T sim) {}

    private record Outcome<T>(String said, T result) {}

    TwoStores(StoreWorld sqlWorld, StoreWorld simWorld, Random random, long seed) {
        this.sqlWorld = sqlWorld;
        this.simWorld = simWorld;
        this.random = random;
        this.seed = seed;
        this.accounts = List.of(
                new PurchasingAccount(new UUID(seed + 1, 1), "first-" + seed),
                new PurchasingAccount(new UUID(seed + 1, 2), "second-" + seed));
        accounts.forEach(each -> people("bind " + each, world -> world.bind(each)));
        accounts.forEach(each -> people("balance of " + each, world -> world.store(0)
                .accounts()
                .balance(each, Money.of("250.00").usd())));
        for (int i = 0; i < 6; i++) {
            order();
        }
    }

    void order() {
        LicenseSpec spec = new LicenseSpec(
                LicenseSpec.User.ACADEMIC,
                1,
                2,
                1,
                1,
                true,
                LicenseSpec.Uptime.SHORT,
                false,
                LicenseSpec.Period.RANGE,
                START,
                START.plus(Duration.ofDays(20 + random.nextInt(60))),
                null,
                null);
        String campaign = random.nextInt(4) == 0 ? null : Simulation.CAMPAIGNS.get(random.nextInt(2));
        Sent sent = new Sent(new OrderId("s" + seed + "-" + orders.size()), spec, campaign);
        orders.add(sent.orderId());
        people("order " + sent.orderId(), world -> world.accept(sent));
    }

    void at(int who, int which) {
        holder = who;
        account = accounts.get(which);
    }

    PurchasingAccount account() {
        return account;
    }

    Side side() {
        return sides.computeIfAbsent(holder + account.name(), key -> new Side());
    }

    List<String> sql() {
        return sqlWorld.rows();
    }

    List<String> sim() {
        return simWorld.rows();
    }

    String log() {
        return String.join(System.lineSeparator(), log.subList(Math.max(0, log.size() - 12), log.size()));
    }

    /** Orders as they were when this side was observed, in random order. */
    List<OrderId> some(int most, Predicate<Line> which) {
        List<OrderId> fitting = new ArrayList<>(orders.stream()
                .filter(id -> side().line(id) != null && which.test(side().line(id)))
                .toList());
        Collections.shuffle(fitting, random);
        return fitting.subList(0, Math.min(fitting.size(), 1 + random.nextInt(most)));
    }

    boolean isMine(Line line) {
        return line.account() == null || line.account().equals(account.id());
    }

    /** What people and time do. */
    void people(String what, Consumer<StoreWorld> deed) {
        log.add(what);
        deed.accept(sqlWorld);
        deed.accept(simWorld);
    }

    /** Now and then who had it before goes on with what he knows. */
    void acquire() {
        call("acquire", known -> known.store().leases().acquire(account), (world, lease) -> lease.map(Lease::fence)
                        .toString())
                .flatMap(Both::sim)
                .filter(lease -> side().lease == null || random.nextInt(3) > 0)
                .ifPresent(lease -> side().lease = lease);
    }

    void observe() {
        List<UUID> others = accounts.stream()
                .map(PurchasingAccount::id)
                .filter(id -> !id.equals(account.id()))
                .toList();
        call(
                        "observe",
                        known -> known.store().standings().of(account, orders, others, true),
                        (world, standing) -> Picture.of(standing, world).toString())
                .ifPresent(results -> {
                    side().sql = results.sql();
                    side().sim = results.sim();
                });
    }

    /** An operation whose answer tells nothing but that it was done. */
    void run(String what, Consumer<Known> operation) {
        call(
                what,
                known -> {
                    operation.accept(known);
                    return "";
                },
                (world, nothing) -> nothing);
    }

    interface Shown<T> {
        String of(StoreWorld world, T result);
    }

    /** In one transaction of each; now and then its commit fails. @return what it answered where it was done */
    <T> Optional<Both<T>> call(String what, Function<Known, T> operation, Shown<T> shown) {
        Side side = side();
        boolean fails = random.nextInt(8) == 0;
        Outcome<T> sql =
                outcome(sqlWorld, fails, () -> operation.apply(new Known(sqlWorld.store(holder), side.sql, false)));
        Outcome<T> sim = outcome(
                simWorld,
                sql.said.equals("crash"),
                () -> operation.apply(new Known(simWorld.store(holder), side.sim, true)));
        log.add(what + " by " + holder + " on " + account.name() + ": " + sql.said);
        assertThat(sql.said).as("%s: %s", seed, log()).isEqualTo(sim.said);
        if (sql.said.equals("lost")) {
            side.lease = null;
        }
        if (!sql.said.equals("done")) {
            return Optional.empty();
        }
        assertThat(shown.of(sqlWorld, sql.result)).as("%s: %s", seed, log()).isEqualTo(shown.of(simWorld, sim.result));
        return Optional.of(new Both<>(sql.result, sim.result));
    }

    private static <T> Outcome<T> outcome(StoreWorld world, boolean fails, Supplier<T> operation) {
        try {
            return new Outcome<>("done", world.transaction(fails, operation));
        } catch (Lease.Lost e) {
            return new Outcome<>("lost", null);
        } catch (StoreWorld.Crash e) {
            return new Outcome<>("crash", null);
        } catch (RuntimeException e) {
            return new Outcome<>("fails", null);
        }
    }
}
