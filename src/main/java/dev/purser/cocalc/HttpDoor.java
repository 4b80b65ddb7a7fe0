package dev.purser.cocalc;

import dev.purser.kernel.failpoint.Failpoints;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.apache.camel.ProducerTemplate;

/** Over HTTP, through the one Camel route. */
@ApplicationScoped
class HttpDoor implements CoCalcDoor {

    private final SortedMap<String, HttpCoCalc> accounts = new TreeMap<>();
    private final Keys keys;

    @Inject
    HttpDoor(CoCalcConfig config, Keys keys, ProducerTemplate camel, MeterRegistry metrics, Failpoints failpoints) {
        // Without blocking: a route that is stopped does not take calls, and no call waits for it to come back.
        this(
                config.dialect(),
                keys,
                call -> failpoints.around(
                        call.endpoint().step(),
                        () -> camel.requestBody(CoCalcRoutes.CALL + "?block=false", call, Reply.class)),
                metrics);
    }

    HttpDoor(Dialect dialect, Keys keys, Function<Call, Reply> transport, MeterRegistry metrics) {
        this.keys = keys;
        Line line = new Line(transport, keys::hideIn, metrics);
        keys.aliases().forEach(alias -> accounts.put(alias, new HttpCoCalc(alias, line, keys, dialect)));
    }

    @Override
    public Set<String> accounts() {
        return Collections.unmodifiableSet(accounts.keySet());
    }

    @Override
    public CoCalc as(String alias) {
        return account(alias);
    }

    @Override
    public void bind(String alias, UUID account) {
        key(alias).bind(account);
    }

    @Override
    public boolean isKeyNew(String alias) {
        return key(alias).isNew();
    }

    @Override
    public String keyVariable(String alias) {
        return key(alias).variable();
    }

    private KeySource key(String alias) {
        try {
            return keys.of(alias);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    /** The checkout dialect, once it is settled. */
    Optional<Dialect> dialect(String alias) {
        return account(alias).dialect();
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
