package dev.purser;

import dev.purser.cli.Exit;
import dev.purser.cli.Terminal;
import dev.purser.cli.settings.Settings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The verb {@code demo}: everything that is lacking is brought along, sample orders are fed, and a guide tells what happens. */
final class Demo {

    private Demo() {}

    static int run(Settings settings, Terminal terminal, boolean json) {
        PrintStream out = terminal.told(json);
        DemoPlan plan = DemoPlan.of(settings);
        Optional<String> refusal = new DemoData(DemoPlan.DATA).take();
        if (refusal.isEmpty()) {
            plan.clearAway();
            refusal = plan.refusal(settings);
        }
        if (refusal.isPresent()) {
            return terminal.fail(json, Exit.CONFIGURATION, refusal.get());
        }
        out.println("Purser demo. Everything it keeps is in " + DemoPlan.DATA.toAbsolutePath());
        out.println("Starting (the first time takes up to half a minute):");
        try (DemoParts parts = DemoParts.start(plan, settings, out)) {
            return serve(plan, settings, parts, terminal, json);
        } catch (RuntimeException e) {
            return terminal.fail(
                    json,
                    Exit.FAILED,
                    "The demo does not start: " + e.getMessage()
                            + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")"));
        }
    }

    private static int serve(DemoPlan plan, Settings settings, DemoParts parts, Terminal terminal, boolean json) {
        // A newcomer reads the guide on the console; the log is in a file.
        settings.supply("quarkus.log.file.enabled", "true");
        settings.supply(
                "quarkus.log.file.path", DemoPlan.DATA.resolve("purser.log").toString());
        settings.supply("quarkus.log.file.format", "%d{HH:mm:ss,SSS} %-5p [%c{2.}] (%t) %s%e%n");
        settings.supply("quarkus.log.console.level", "WARN");
        settings.supply("quarkus.log.console.stderr", Boolean.toString(json));

        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch purserStopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopPartsAfter(purserStopped, parts), "demo-parts-stop"));
        if (settings.is("purser.demo.ends-with-parent", false)) {
            // Maven dies of a SIGTERM without telling what it started.
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                    .thenRun(() -> System.exit(Exit.DONE.code())));
        }
        DemoGuide guide = new DemoGuide(plan, settings, terminal, json, stopping);
        Thread guiding = new Thread(guide, "demo-guide");
        guiding.setDaemon(true);
        guiding.start();

        AtomicInteger exit = new AtomicInteger();
        try {
            Class<? extends QuarkusApplication> untilStopped = null;
            Quarkus.run(untilStopped, (code, failure) -> exit.set(StartFailure.tell(code, failure, terminal, json)));
        } finally {
            stopping.countDown();
            purserStopped.countDown();
        }
        return exit.get();
    }

    /** Ctrl-C reaches Quarkus and us at once; whoever uses a part is stopped before the part. */
    private static void stopPartsAfter(CountDownLatch purserStopped, DemoParts parts) {
        try {
            purserStopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.close();
    }
}
