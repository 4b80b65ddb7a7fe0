package dev.purser.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Whether anybody listens where Kafka should be. Only knocks, so that being asked often costs nothing. */
@ApplicationScoped
public class Broker {

    private static final Duration RECENT = Duration.ofSeconds(10);
    private static final int PATIENCE_IN_MILLIS = 1000;

    private final boolean enabled;
    private final List<String> addresses;
    private final Clock clock;
    private @Nullable Instant askedAt;
    private Standing standing = Standing.OFF;

    Broker(
            @ConfigProperty(name = "purser.kafka.enabled", defaultValue = "true") boolean enabled,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<List<String>> addresses,
            Clock clock) {
        this.enabled = enabled;
        this.addresses = addresses.orElse(List.of());
        this.clock = clock;
    }

    /** AWAY: none of the addresses answers. */
    public enum Standing {
        OFF,
        REACHABLE,
        AWAY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public synchronized Standing standing() {
        Instant now = clock.instant();
        if (enabled && (askedAt == null || Duration.between(askedAt, now).abs().compareTo(RECENT) > 0)) {
            standing = addresses.stream().anyMatch(Broker::answers) ? Standing.REACHABLE : Standing.AWAY;
            askedAt = now;
        }
        return standing;
    }

    private static boolean answers(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            return false;
        }
        // A listener may stand in front: SASL_SSL://kafka:9092
        String host = address.substring(address.indexOf("://") < 0 ? 0 : address.indexOf("://") + 3, colon);
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            host.strip(),
                            Integer.parseInt(address.substring(colon + 1).strip())),
                    PATIENCE_IN_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException nobodyThere) {
            return false;
        }
    }
}
