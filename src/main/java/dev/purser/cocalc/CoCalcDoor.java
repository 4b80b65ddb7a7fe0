package dev.purser.cocalc;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.ProducerTemplate;

/** CoCalc for each of the purchasing accounts, and what else must be known about asking it. */
@ApplicationScoped
public class CoCalcDoor {

    private final SortedMap<String, HttpCoCalc> accounts = new TreeMap<>();
    private final CoCalcConfig config;

    @Inject
    CoCalcDoor(CoCalcConfig config, Keys keys, ProducerTemplate camel, MeterRegistry metrics) {
        this.config = config;
        // Without blocking: a route that is stopped does not take calls, and no call waits for it to come back.
        Line line = new Line(
                call -> camel.requestBody(CoCalcRoutes.CALL + "?block=false", call, Reply.class),
                keys::hideIn,
                metrics);
        keys.aliases().forEach(alias -> accounts.put(alias, new HttpCoCalc(alias, line, config.dialect())));
    }

    /** Aliases of the configured purchasing accounts, in alphabetical order: {@code PURSER_ACCOUNTS_BIG_SHOP_API_KEY} is {@code big_shop}. */
    public Set<String> accounts() {
        return Collections.unmodifiableSet(accounts.keySet());
    }

    /** CoCalc as this purchasing account sees it. @throws IllegalArgumentException for an alias that is not configured */
    public CoCalc as(String alias) {
        return account(alias);
    }

    /** The checkout dialect, once it is settled. */
    public Optional<Dialect> dialect(String alias) {
        return account(alias).dialect();
    }

    public Duration timeout() {
        return config.timeout();
    }

    /** After so long without a call of ours nothing that we ever sent can still be at work in CoCalc. */
    public Duration quietTime() {
        return config.timeout().plus(config.longestRequest());
    }

    private HttpCoCalc account(String alias) {
        HttpCoCalc account = accounts.get(alias);
        if (account == null) {
            throw new IllegalArgumentException(
                    "no purchasing account is named " + alias + "; configured: " + accounts.keySet());
        }
        return account;
    }
}
