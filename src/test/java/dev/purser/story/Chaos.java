package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Whoever strikes a fleet while it buys. */
final class Chaos {

    private static final int INSTANCES = 3;
    private static final List<String> ENDPOINTS = List.of(
            "shopping/cart/add",
            "shopping/cart/get",
            "shopping/cart/checked",
            "shopping/cart/recent-purchases",
            "purchases/get-shopping-cart-checkout-params",
            "purchases/shopping-cart-checkout",
            "purchases/get-purchases",
            "user-query");
    private static final List<String> KINDS = List.of(
            "reset_before",
            "reset_after_commit",
            "timeout_before",
            "timeout_after_commit",
            "late_commit",
            "html_502",
            "html_200",
            "truncated_json",
            "empty_body",
            "http_503");
    private static final String PARAMS = "{\"millis\":2500,\"delay_millis\":1500}";

    private final Fleet fleet;
    private final Random random;
    private int blows;

    Chaos(Fleet fleet, Random random) {
        this.fleet = fleet;
        this.random = random;
    }

    /** Kills, stops and faults so far. */
    int blows() {
        return blows;
    }

    /** One instance after the other, each with new orders, ends itself; the last one stays. */
    void relay(String... failpoints) {
        fleet.running().forEach(PurserProcess::kill);
        for (String failpoint : failpoints) {
            fleet.orderByFile(2);
            fleet.orderByEvent(1);
            fleet.instanceThatEndsAt(failpoint).launch().awaitHalt();
            blows++;
        }
        fleet.instance().launch();
    }

    /** Several instances, and in each round new orders and a blow at a random moment. */
    void rounds(int rounds, Runnable blow) {
        while (fleet.running().size() < INSTANCES) {
            fleet.instance().launch();
        }
        fleet.running().forEach(PurserProcess::awaitReady);
        for (int round = 0; round < rounds; round++) {
            fleet.orderByFile(12);
            fleet.orderByEvent(3);
            letPass(Duration.ofMillis(random.nextInt(1500)));
            blow.run();
        }
    }

    /** Another one takes over when the lease has run out. */
    void kill() {
        replace(PurserProcess::kill, Fleet.LEASE.plusSeconds(2));
    }

    /** It ends the step under way, and another one goes on at once. */
    void terminate() {
        replace(PurserProcess::terminate, Duration.ofSeconds(2));
    }

    private void replace(Consumer<PurserProcess> end, Duration longestTakeover) {
        PurserProcess one = oneOfThem();
        boolean holds = fleet.holds(one);
        long fence = fleet.fence();
        long begun = System.nanoTime();
        end.accept(one);
        if (holds) {
            Duration takeover = fleet.takeover(fence, begun);
            System.out.println(fleet + ": takeover within " + takeover.toMillis() + " ms");
            assertThat(takeover).as("takeover").isLessThan(longestTakeover);
        }
        one.awaitExit();
        fleet.instance().start();
        blows++;
    }

    /** So quickly that all may be starting at once. */
    void killInARow() {
        oneOfThem().kill();
        fleet.instance().launch();
        blows++;
    }

    void freezeBeyondTheLease() {
        PurserProcess one = oneOfThem();
        one.freeze();
        letPass(Fleet.LEASE.plusMillis(500 + random.nextInt(2000)));
        one.thaw();
        blows++;
    }

    /** The holder has paid and sleeps on the answer, until another one has asked about it and gone on. */
    void freezePaying() {
        fleet.parts().ledger().breakOnce("purchases/shopping-cart-checkout", "slow", "{\"millis\":1000}");
        fleet.orderByFile(1);
        fleet.parts().ledger().awaitStruck();
        PurserProcess holder =
                fleet.running().stream().filter(fleet::holds).findFirst().orElseThrow();
        long fence = fleet.fence();
        holder.freeze();
        fleet.takeover(fence, System.nanoTime());
        letPass(Fleet.QUIET.plusSeconds(1));
        holder.thaw();
        blows++;
    }

    void killPostgres() {
        fleet.parts().killPostgres();
        letPass(Duration.ofMillis(random.nextInt(3000)));
        fleet.parts().startPostgres();
        blows++;
    }

    void killBroker() {
        fleet.parts().killBroker();
        fleet.orderByFile(3);
        letPass(Duration.ofMillis(random.nextInt(3000)));
        fleet.parts().startBroker();
        blows++;
    }

    void err() {
        err(oneOf(ENDPOINTS), oneOf(KINDS), PARAMS);
    }

    void err(String endpoint, String kind, String params) {
        fleet.parts().ledger().breakOnce(endpoint, kind, params);
        blows++;
    }

    void anything() {
        err();
        List<Runnable> blow = List.of(
                this::kill,
                this::kill,
                this::terminate,
                this::freezeBeyondTheLease,
                this::killPostgres,
                this::killBroker);
        oneOf(blow).run();
    }

    /** In two of three cases the one that buys. */
    private PurserProcess oneOfThem() {
        List<PurserProcess> running = fleet.running();
        return running.stream()
                .filter(one -> random.nextInt(3) > 0 && fleet.holds(one))
                .findFirst()
                .orElseGet(() -> oneOf(running));
    }

    private <T> T oneOf(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    /** The blow falls at a moment that nothing announces. */
    private static void letPass(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }
}
