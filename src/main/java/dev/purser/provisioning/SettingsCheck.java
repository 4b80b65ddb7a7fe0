package dev.purser.provisioning;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Whether the settings of buying can be meant, asked where nothing is started. What is not set cannot be wrong. */
public final class SettingsCheck {

    private SettingsCheck() {}

    /** @return the first objection, naming the variable */
    public static Optional<String> objection(Config config) {
        try {
            new SettingsSource()
                    .settings(
                            text(config, "purser.instance", "main"),
                            whole(config, "purser.batch", 15),
                            duration(config, "purser.cocalc.timeout", Duration.ofSeconds(10)),
                            duration(config, "purser.cocalc.longest-request", Duration.ofSeconds(60)),
                            duration(config, "purser.lease", Duration.ofSeconds(30)),
                            text(config, "purser.throttle", "off"),
                            text(config, "purser.handover", "none"));
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    private static String text(Config config, String name, String otherwise) {
        return config.getOptionalValue(name, String.class).orElse(otherwise);
    }

    private static int whole(Config config, String name, int otherwise) {
        return config.getOptionalValue(name, Integer.class).orElse(otherwise);
    }

    private static Duration duration(Config config, String name, Duration otherwise) {
        return config.getOptionalValue(name, String.class)
                .map(DurationConverter::parseDuration)
                .orElse(otherwise);
    }
}
