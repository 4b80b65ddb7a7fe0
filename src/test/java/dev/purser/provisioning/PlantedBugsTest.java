package dev.purser.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A simulation that does not see these mistakes would prove nothing. */
class PlantedBugsTest {

    private static final long SEEDS = Long.getLong("purser.bug-seeds", 200);

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void is_seen_within_a_few_seeds(PlantedBug bug) {
        OptionalLong seen = LongStream.range(0, SEEDS)
                .filter(seed -> !new Simulation(seed, bug).run().isEmpty())
                .findFirst();

        assertThat(seen).as("%s is seen within %d seeds", bug, SEEDS).isPresent();
    }

    static List<PlantedBug> bugs() {
        return PlantedBugs.all();
    }
}
