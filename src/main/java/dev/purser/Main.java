package dev.purser;

import dev.purser.cli.Exit;
import dev.purser.cli.Failure;
import dev.purser.cli.House;
import dev.purser.cli.Shell;
import dev.purser.cli.Terminal;
import dev.purser.cli.settings.Requirements;
import dev.purser.cli.settings.Settings;
import dev.purser.console.access.Exposure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Clock;
import java.util.Optional;

/**
 * The entry point: one verb, then its exit code.
 *
 * <p>A plain main named in {@code quarkus.package.main-class}: Quarkus' own annotation for it would turn off the
 * autostart of the Camel routes.
 */
public final class Main implements House {

    private final Terminal terminal;
    private final Settings settings;

    private Main(Terminal terminal, Settings settings) {
        this.terminal = terminal;
        this.settings = settings;
    }

    public static void main(String... args) {
        Terminal terminal = Terminal.ofThisProcess();
        Settings settings = Settings.ofThisProcess();
        System.exit(new Shell(terminal, settings, Clock.systemUTC(), new Main(terminal, settings)).run(args));
    }

    /** What is lacking is told before Quarkus boots: its own message would name one setting, after a stack trace. */
    @Override
    public int serve(boolean json) {
        refuseFailpoints();
        Requirements.lackingIn(settings).ifPresent(Main::refuse);
        exposure().ifPresent(message -> refuse("Purser cannot start. " + message));
        if (json) {
            settings.supply("quarkus.log.console.stderr", "true");
        }
        Class<? extends QuarkusApplication> untilStopped = null;
        Quarkus.run(untilStopped, (code, failure) -> System.exit(StartFailure.tell(code, failure, terminal, json)));
        return Exit.DONE.code();
    }

    @Override
    public int demo(boolean json) {
        refuseFailpoints();
        return Demo.run(settings, terminal, json);
    }

    @Override
    public int sandbox(boolean json) {
        refuseFailpoints();
        return Rehearsal.run(settings, terminal, json);
    }

    @Override
    public Optional<String> exposure() {
        return Exposure.refusal(
                settings.find("quarkus.http.host").orElse("127.0.0.1"), settings.find("purser.api.tokens-file"));
    }

    private void refuseFailpoints() {
        Requirements.againstFailpoints(settings, DemoPlan.isPostgresAboard()).ifPresent(Main::refuse);
    }

    private static void refuse(String message) {
        throw new Failure(Exit.CONFIGURATION, message);
    }
}
