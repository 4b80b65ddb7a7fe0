package dev.purser;

import dev.purser.console.access.Exposure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.PrintStream;

/**
 * The entry point: one verb, then its exit code.
 *
 * <p>A plain main named in {@code quarkus.package.main-class}: Quarkus' own annotation for it would turn off the
 * autostart of the Camel routes.
 */
public final class Main {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 64;
    static final int CONFIGURATION = 78;

    private static final String HELP = """
            usage: java -jar quarkus-run.jar [verb]

              serve     (default) takes orders, buys licenses, answers on HTTP; needs PostgreSQL, Kafka and CoCalc
              demo      the same with everything that is lacking brought along, and sample orders; keeps it in data/
              sandbox   only a pretend CoCalc API v2, to rehearse against

            exit codes: 0 done, 1 failed, 64 usage, 78 configuration
            """;

    private Main() {}

    public static void main(String... args) {
        String verb = args.length == 0 ? "serve" : args[0];
        if (args.length > 1) {
            System.exit(refuse(System.err, "purser takes one verb and nothing else"));
        }
        Settings settings = Settings.ofThisProcess();
        Requirements.againstFailpoints(settings, DemoPlan.isPostgresAboard()).ifPresent(message -> {
            System.err.print(message);
            System.exit(CONFIGURATION);
        });
        switch (verb) {
            case "serve" -> serve(settings, args);
            case "demo" -> System.exit(Demo.run(settings));
            case "sandbox" -> System.exit(Rehearsal.run(settings));
            case "help", "--help", "-h" -> System.out.print(HELP);
            default -> System.exit(refuse(System.err, "there is no verb '" + verb + "'"));
        }
    }

    /** What is lacking is told before Quarkus boots: its own message would name one setting, after a stack trace. */
    private static void serve(Settings settings, String... args) {
        Requirements.lackingIn(settings).ifPresent(message -> {
            System.err.print(message);
            System.exit(CONFIGURATION);
        });
        Exposure.refusal(
                        settings.find("quarkus.http.host").orElse("127.0.0.1"), settings.find("purser.api.tokens-file"))
                .ifPresent(message -> {
                    System.err.println("Purser cannot start. " + message);
                    System.exit(CONFIGURATION);
                });
        Class<? extends QuarkusApplication> untilStopped = null;
        Quarkus.run(untilStopped, (code, failure) -> System.exit(StartFailure.tell(code, failure, System.err)), args);
    }

    private static int refuse(PrintStream err, String why) {
        err.println(why);
        err.print(HELP);
        return USAGE;
    }
}
