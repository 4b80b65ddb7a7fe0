package dev.purser.provisioning;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The settings from the configuration; a value that cannot be meant stops the start. */
@ApplicationScoped
class SettingsSource {

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Produces
    @Singleton
    @Startup
    Settings settings(
            @ConfigProperty(name = "purser.instance", defaultValue = "main") String instance,
            @ConfigProperty(name = "purser.batch", defaultValue = "15") int batch,
            @ConfigProperty(name = "purser.cocalc.timeout", defaultValue = "PT10S") Duration timeout,
            @ConfigProperty(name = "purser.cocalc.longest-request", defaultValue = "PT60S") Duration longestRequest,
            @ConfigProperty(name = "purser.lease", defaultValue = "PT30S") Duration lease,
            @ConfigProperty(name = "purser.throttle", defaultValue = "3,15,200") String throttle,
            @ConfigProperty(name = "purser.handover", defaultValue = "manager") String handover) {
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException("PURSER_INSTANCE must match " + INSTANCE);
        }
        if (batch < 1 || batch > 100) {
            throw new IllegalArgumentException("PURSER_BATCH must be from 1 to 100");
        }
        if (lease.compareTo(timeout.plus(Settings.PAY_WITHIN)) <= 0) {
            throw new IllegalArgumentException(
                    "PURSER_LEASE must be longer than PURSER_COCALC_TIMEOUT and two seconds");
        }
        if (!handover.equals("manager") && !handover.equals("none")) {
            throw new IllegalArgumentException("PURSER_HANDOVER must be manager or none");
        }
        return new Settings(
                instance,
                batch,
                timeout.plus(longestRequest),
                lease,
                Throttle.parse(throttle),
                handover.equals("manager"));
    }
}
