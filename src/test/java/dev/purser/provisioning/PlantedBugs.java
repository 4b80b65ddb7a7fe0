package dev.purser.provisioning;

import dev.purser.kernel.Money;
import dev.purser.provisioning.SimDatabase.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The mistakes that the simulation must see. */
final class PlantedBugs {

    private PlantedBugs() {}

    static List<PlantedBug> all() {
        return Stream.of(BugsAtTheDoor.all(), BugsInTheStore.all(), ofTheRules())
                .flatMap(List::stream)
                .toList();
    }

    private static List<PlantedBug> ofTheRules() {
        return List.of(
                new PlantedBug("no quiet time") {
                    @Override
                    Settings settings(Settings right) {
                        return with(right, Duration.ZERO, right.throttle());
                    }
                },
                new PlantedBug("additions are not counted") {
                    @Override
                    Settings settings(Settings right) {
                        return with(right, right.quiet(), Throttle.OFF);
                    }
                },
                new PlantedBug("an order_id may come twice") {
                    @Override
                    void accept(SimDatabase database, Sent sent, Instant now) {
                        database.insert(sent, now);
                    }
                },
                new PlantedBug("the offset is committed before the row") {
                    @Override
                    void accept(SimDatabase database, Sent sent, Instant now) {
                        if (sent.orderId().value().hashCode() % 7 != 0) {
                            database.accept(sent, now);
                        }
                    }
                },
                new PlantedBug("an approval counts for any price") {
                    @Override
                    Money approved(Money quoted) {
                        return Money.of("100000");
                    }
                });
    }

    private static Settings with(Settings right, Duration quiet, Throttle throttle) {
        return new Settings(right.instance(), right.batch(), quiet, right.lease(), throttle, right.handover());
    }
}
