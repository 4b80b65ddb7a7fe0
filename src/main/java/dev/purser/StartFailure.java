package dev.purser;

import dev.purser.cli.Exit;
import dev.purser.cli.Terminal;
import io.quarkus.runtime.QuarkusBindException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Why Purser did not start, for whoever started it. */
final class StartFailure {

    /** A setting under its variable's name or its property's; not a class of ours. */
    private static final Pattern SETTING = Pattern.compile("\\bPURSER_[A-Z]|(?<!dev\\.)\\bpurser\\.[a-z]");

    private StartFailure() {}

    /** @param code what Quarkus would exit with. @return what to exit with */
    static int tell(int code, @Nullable Throwable failure, Terminal terminal, boolean json) {
        if (failure == null) {
            return code;
        }
        Optional<String> wrongSetting = causes(failure)
                .map(Throwable::getMessage)
                .filter(message -> message != null && SETTING.matcher(message).find())
                .reduce((outer, inner) -> inner);
        if (causes(failure).anyMatch(QuarkusBindException.class::isInstance)) {
            return terminal.fail(
                    json,
                    Exit.CONFIGURATION,
                    "Purser cannot start. Its HTTP port is taken, perhaps by a Purser that is running already. Stop what"
                            + " listens there or set QUARKUS_HTTP_PORT to another port.");
        }
        if (wrongSetting.isPresent()) {
            return terminal.fail(json, Exit.CONFIGURATION, "Purser cannot start. " + wrongSetting.get());
        }
        Logger.getLogger(StartFailure.class).errorf(failure, "Purser does not start");
        return terminal.fail(
                json, Exit.FAILED, "Purser does not start; the log above says why, and the verb doctor what to do.");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
