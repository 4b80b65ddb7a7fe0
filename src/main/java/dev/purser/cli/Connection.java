package dev.purser.cli;

import dev.purser.cli.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running Purser a verb asks, and with which token. The token is never an argument: everybody on the machine can list those. */
final class Connection {

    private static final String TOKEN = "PURSER_API_TOKEN";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The running Purser; by default http://localhost:8080, or the port in QUARKUS_HTTP_PORT.")
    @Nullable
    String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token for it; by default the token is in PURSER_API_TOKEN.")
    @Nullable
    Path tokenFile;

    boolean isChosen() {
        return url != null;
    }

    Instance open(Settings settings) {
        return new Instance(address(settings), token(settings));
    }

    URI address(Settings settings) {
        String address = url == null
                ? "http://localhost:" + settings.find("quarkus.http.port").orElse("8080")
                : url.replaceAll("/+$", "");
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw url == null
                ? new Failure(Exit.CONFIGURATION, "QUARKUS_HTTP_PORT is no port.")
                : new Failure(Exit.USAGE, "--url must be an address such as http://localhost:8080.");
    }

    private Optional<String> token(Settings settings) {
        if (tokenFile == null) {
            return settings.find("purser.api.token").map(token -> usable(TOKEN, token));
        }
        try {
            return Optional.of(usable(tokenFile.toString(), Files.readString(tokenFile)));
        } catch (IOException e) {
            throw new Failure(
                    Exit.CONFIGURATION,
                    "The token file " + tokenFile + " cannot be read ("
                            + e.getClass().getSimpleName() + ").");
        }
    }

    private static String usable(String place, String token) {
        String word = token.strip();
        if (!word.matches("[\\x21-\\x7e]+")) {
            throw new Failure(Exit.CONFIGURATION, place + " holds no token: one word of printable ASCII is expected.");
        }
        return word;
    }
}
