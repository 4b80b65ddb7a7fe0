package dev.purser.story;

import java.util.Locale;
import java.util.function.Consumer;

/** What happens to a fleet while it buys. */
enum ChaosScene {
    ENDS_AT_EACH_STEP_OF_INTAKE(chaos -> chaos.relay(
            "claim.before:1",
            "claim.after:1",
            "rows.before:1",
            "rows.after:1",
            "read.before:1",
            "read.after:1",
            "archive.before:1",
            "archive.after:1",
            "record.before:1",
            "record.after:1",
            "offset.before:1",
            "offset.after:1")),
    ENDS_AT_EACH_STEP_OF_ADDING(chaos -> chaos.relay(
            "lease.before:1",
            "lease.after:1",
            "intent.before:1",
            "intent.after:1",
            "cart-add.before:1",
            "cart-add.after:2",
            "answered.before:1",
            "answered.after:1",
            "cart-get.before:2",
            "cart-get.after:2",
            "adopt.before:1",
            "adopt.after:1")),
    ENDS_AT_EACH_STEP_OF_PAYING(chaos -> chaos.relay(
            "checkout-params.before:1",
            "checkout-params.after:1",
            "write-down.before:1",
            "write-down.after:1",
            "checkout.before:1",
            "checkout.after:1",
            "purchases.before:1",
            "purchases.after:1",
            "recent-purchases.before:1",
            "recent-purchases.after:1",
            "settle.before:1",
            "settle.after:1")),
    ENDS_AT_EACH_STEP_OF_A_DOUBT(chaos -> {
        for (String step : new String[] {"doubt", "disarmed", "cart-checked"}) {
            chaos.err("purchases/shopping-cart-checkout", "reset_after_commit", "{}");
            chaos.relay(step + ".before:1");
            chaos.err("purchases/shopping-cart-checkout", "reset_after_commit", "{}");
            chaos.relay(step + ".after:1");
        }
    }),
    ENDS_AT_EACH_STEP_OF_HANDING_OVER_AND_TELLING(chaos -> chaos.relay(
            "email-address.before:1",
            "email-address.after:1",
            "user-query.before:2",
            "user-query.after:2",
            "handover.before:2",
            "handover.after:2",
            "outbox.before:2",
            "outbox.after:2",
            "published.before:1",
            "published.after:1")),
    KILLED_AT_RANDOM(chaos -> chaos.rounds(8, chaos::kill)),
    KILLED_IN_A_ROW_WHILE_COCALC_ERRS(chaos -> chaos.rounds(12, () -> {
        chaos.err();
        chaos.err();
        chaos.killInARow();
    })),
    FROZEN_BEYOND_THE_LEASE(chaos -> chaos.rounds(4, chaos::freezeBeyondTheLease)),
    FROZEN_IN_THE_MIDDLE_OF_A_PAYMENT(chaos -> chaos.rounds(3, chaos::freezePaying)),
    TERMINATED_ONE_AFTER_THE_OTHER(chaos -> chaos.rounds(5, chaos::terminate)),
    POSTGRESQL_KILLED(chaos -> chaos.rounds(3, () -> {
        chaos.err();
        chaos.killPostgres();
    })),
    KAFKA_KILLED(chaos -> chaos.rounds(2, chaos::killBroker)),
    EVERYTHING_AT_ONCE(chaos -> chaos.rounds(10, chaos::anything));

    private final Consumer<Chaos> scene;

    ChaosScene(Consumer<Chaos> scene) {
        this.scene = scene;
    }

    void play(Chaos chaos) {
        scene.accept(chaos);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
