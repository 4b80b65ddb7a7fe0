package dev.purser.cli.doctor;

import dev.purser.cli.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at everything, one thing after the other. */
public final class Doctor {

    /** What the drivers and clients log while they fail is told better by the findings. */
    private static final Logger EVERYBODY = Logger.getLogger("");

    private final List<Check> checks;

    /** @param exposure why Purser must not listen where it is told to */
    public Doctor(Settings settings, Clock clock, Optional<String> exposure) {
        checks = List.of(
                new ConfigurationCheck(settings),
                new DatabaseCheck(settings, clock),
                new KafkaCheck(settings),
                new CoCalcCheck(settings, clock),
                new BudgetCheck(settings),
                new DropCheck(settings),
                new AccessCheck(settings, exposure));
    }

    public List<Finding> look() {
        EVERYBODY.setLevel(Level.OFF);
        return checks.stream().flatMap(check -> check.look().stream()).toList();
    }
}
