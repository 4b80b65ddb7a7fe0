package dev.purser;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.purser.cli.Exit;
import dev.purser.cli.Terminal;
import dev.purser.cli.settings.Settings;
import dev.purser.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** The verb {@code sandbox}: a pretend CoCalc alone, until it is told to stop. */
final class Rehearsal {

    private Rehearsal() {}

    static int run(Settings settings, Terminal terminal, boolean json) {
        Port port = Port.of(settings, "purser.sandbox.port", 8081);
        if (port.refusal().isPresent()) {
            return terminal.fail(json, Exit.CONFIGURATION, port.refusal().get());
        }
        Sandbox sandbox = Sandbox.start(port.number(), Clock.systemUTC(), Path.of("data", "sandbox.jsonl"));
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sandbox.close();
            stop.countDown();
        }));
        terminal.told(json).print(help(sandbox));
        if (json) {
            terminal.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("url", sandbox.url())
                    .put("control", control(sandbox)));
        }
        try {
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Exit.DONE.code();
    }

    private static String help(Sandbox sandbox) {
        return """
               A pretend CoCalc API v2 listens on %1$s and keeps its books in data/sandbox.jsonl.

                 an account to buy with    curl -d '{"name":"main","groups":["partner"],"key":"sk-rehearsal","balance":1000}' %2$s/accounts
                 a customer account        curl -d '{"name":"ada"}' %2$s/accounts
                 what was bought           curl %2$s/ledger
                 lose the next answer      curl -d '{"endpoint":"purchases/shopping-cart-checkout","kind":"reset_after_commit"}' %2$s/faults
                 heal                      curl -X DELETE %2$s/faults
                 begin again               curl -d '{}' %2$s/reset

               Point Purser at it: PURSER_COCALC_URL=%1$s PURSER_ACCOUNTS_MAIN_API_KEY=sk-rehearsal
               Ctrl-C stops it.
               """.formatted(sandbox.url(), control(sandbox));
    }

    private static String control(Sandbox sandbox) {
        return "http://127.0.0.1:" + sandbox.port() + "/_sandbox";
    }
}
