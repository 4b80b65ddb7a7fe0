package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The long set, for {@code mvn verify -Pchaos}: each scene with a fleet of its own, and a table at the end. */
@Tag("chaos")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated
class LongChaosIT {

    private static final int CONFIGURATION = 78;
    private static final long SEED = Long.getLong("purser.chaos-seed", 1);

    private final List<String> table = new ArrayList<>(List.of(
            "| scene | orders | kills, stops and faults | purchases | bought twice | lost | seconds | verdict |",
            "|---|---|---|---|---|---|---|---|"));
    private FragileParts parts;

    @BeforeAll
    void start() {
        parts = new FragileParts();
    }

    @AfterEach
    void heal() {
        parts.ledger().heal();
    }

    @AfterAll
    void tell() throws IOException {
        parts.close();
        System.out.println("Chaos with seed " + SEED + ":\n" + String.join("\n", table));
        Files.write(Path.of("target", "chaos.md"), table);
    }

    @Test
    void a_failpoint_that_is_not_known_is_refused_at_the_start() {
        try (Fleet fleet = new Fleet(parts, "unknown-failpoint")) {
            PurserProcess purser = fleet.instanceThatEndsAt("check-out.after:1").launch();

            assertThat(purser.awaitExit()).isEqualTo(CONFIGURATION);
            assertThat(purser.log().contains("Purser cannot start. PURSER_FAILPOINT must be a step"))
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void every_order_is_bought_once(ChaosScene scene) {
        long begun = System.nanoTime();
        try (Fleet fleet =
                new Fleet(parts, scene.name().toLowerCase(Locale.ROOT).replace('_', '-'))) {
            Chaos chaos = new Chaos(fleet, new Random(SEED));
            scene.play(chaos);
            parts.ledger().heal();
            Oracle.Verdict verdict = Oracle.after(fleet);
            table.add("| %s | %d | %d | %d | %d | %d | %d | %s |"
                    .formatted(
                            scene,
                            verdict.orders(),
                            chaos.blows(),
                            verdict.purchases(),
                            verdict.twice(),
                            verdict.lost(),
                            (System.nanoTime() - begun) / 1_000_000_000,
                            verdict.wrong().isEmpty() ? "right" : verdict.wrong()));
            assertThat(verdict.wrong())
                    .as("purser.chaos-seed=%d, see target/story-logs/%s-*.log", SEED, fleet)
                    .isEmpty();
        }
    }
}
