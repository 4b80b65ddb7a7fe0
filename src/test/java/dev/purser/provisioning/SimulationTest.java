package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ten thousand runs of the engine under everything that the fault matrix knows; a seed that fails is named at once and replays. */
class SimulationTest {

    private static final long SEEDS = Long.getLong("purser.seeds", 10_000);
    private static final long FIRST = Long.getLong("purser.seed", 0);

    @Test
    void no_seed_violates_an_invariant() {
        List<String> failures = new ArrayList<>();
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> {
            Simulation simulation = new Simulation(seed, PlantedBug.NONE);
            List<String> violations = simulation.run();
            if (!violations.isEmpty()) {
                String failure = simulation + ": " + violations;
                System.err.println(failure);
                synchronized (failures) {
                    failures.add(failure);
                }
            }
        });

        assertThat(failures.stream().limit(20))
                .as("%d failing seeds", failures.size())
                .isEmpty();
    }

    @Test
    void the_same_seed_is_the_same_run() {
        Simulation first = new Simulation(7, PlantedBug.NONE);
        first.run();
        Simulation second = new Simulation(7, PlantedBug.NONE);
        second.run();

        assertThat(second.database.orders.values().toString())
                .isEqualTo(first.database.orders.values().toString());
        assertThat(second.time.nanos()).isEqualTo(first.time.nanos());
    }
}
