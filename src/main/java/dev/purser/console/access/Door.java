package dev.purser.console.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Open to everyone on loopback, or opened by tokens. Never open to the network: then Purser does not start. */
@ApplicationScoped
class Door {

    private static final int BEFORE_ALL_OTHERS = 10_000;

    private final String host;
    private final Optional<String> tokensFile;
    private final @Nullable TokensFile file;

    Door(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "purser.api.tokens-file") Optional<String> tokensFile) {
        this.host = host;
        this.tokensFile = tokensFile;
        this.file = tokensFile.map(path -> new TokensFile(Path.of(path))).orElse(null);
    }

    boolean isOpen() {
        return file == null;
    }

    Tokens tokens() {
        return file == null ? Tokens.NONE : file.now();
    }

    /** The filters are collected before the port is opened: the last moment to refuse. */
    void guard(@Observes Filters filters) {
        Exposure.refusal(host, tokensFile).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        filters.register(Door::notForAStrangersPage, BEFORE_ALL_OTHERS);
        if (isOpen()) {
            filters.register(Door::onlyByItsOwnName, BEFORE_ALL_OTHERS);
        }
    }

    private static void notForAStrangersPage(RoutingContext call) {
        HostAndPort asked = call.request().authority();
        if (Provenance.isForeign(
                call.request().method().name(),
                call.request().getHeader("Sec-Fetch-Site"),
                call.request().getHeader("Origin"),
                asked == null ? null : asked.toString())) {
            Refusals.answer(call, Response.Status.FORBIDDEN, "A page of another site may not change anything here.");
        } else {
            call.next();
        }
    }

    /**
     * A page of a stranger, open in a browser on this machine, can point its own name at 127.0.0.1 and would then read our
     * answers as its own (DNS rebinding). Its name is what gives it away.
     */
    private static void onlyByItsOwnName(RoutingContext call) {
        HostAndPort asked = call.request().authority();
        if (asked != null && Exposure.looksLikeLoopback(asked.host())) {
            call.next();
        } else {
            Refusals.answer(
                    call,
                    Response.Status.FORBIDDEN,
                    "Without tokens Purser answers only to localhost, 127.0.0.1 and [::1]; to be reached by another name it needs"
                            + " PURSER_API_TOKENS_FILE.");
        }
    }
}
