package dev.purser.console.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether Purser may listen where it is told to: beyond loopback only with tokens, because its API shows who bought what. */
public final class Exposure {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?", Pattern.CASE_INSENSITIVE);

    private Exposure() {}

    /**
     * Why Purser must not start, for a person, or nothing. An empty setting is none.
     *
     * @param host {@code quarkus.http.host}
     * @param tokensFile {@code purser.api.tokens-file}
     */
    public static Optional<String> refusal(String host, Optional<String> tokensFile) {
        return tokensFile
                .map(file -> refusal(Path.of(file)))
                .orElseGet(() -> isLoopback(host)
                        ? Optional.empty()
                        : Optional.of(
                                "QUARKUS_HTTP_HOST is " + host + ", so that others could reach the console and the API,"
                                        + " but PURSER_API_TOKENS_FILE is not set, so that nobody would be asked for a token."
                                        + " Set it to a file with one line for each token: sha256:<hex> <role> <name>"
                                        + " (roles viewer, operator, approver, finance, admin; the hash is what"
                                        + " printf %s \"$TOKEN\" | sha256sum prints). Or leave QUARKUS_HTTP_HOST unset:"
                                        + " then Purser listens on 127.0.0.1 only."));
    }

    private static Optional<String> refusal(Path tokensFile) {
        try {
            Tokens tokens = Tokens.parse(Files.readAllLines(tokensFile));
            return tokens.mistakes().isEmpty()
                    ? Optional.empty()
                    : Optional.of("PURSER_API_TOKENS_FILE " + tokensFile + ": " + String.join("; ", tokens.mistakes()));
        } catch (IOException e) {
            return Optional.of("PURSER_API_TOKENS_FILE " + tokensFile + " cannot be read as UTF-8 text ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** By its looks only: what a caller writes into a Host header is not to be looked up. */
    static boolean looksLikeLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static boolean isLoopback(String host) {
        try {
            return looksLikeLoopback(host) || InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
