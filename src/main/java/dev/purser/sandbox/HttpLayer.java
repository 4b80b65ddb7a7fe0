package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Next.js does around a handler: bodies, redirects, pages, entity tags; and the faults that strike on the wire. */
final class HttpLayer {
    private static final String BASE = "/api/v2/";
    private static final int LARGEST_BODY = 1024 * 1024;
    private static final long HELD_MILLIS = 120_000;

    /** As Node puts it on every answer. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final Api api;
    private final Control control;
    private final Pace pace;
    private final KeepAlive keepAlive;
    private final Clock clock;

    HttpLayer(Api api, Control control, Pace pace, KeepAlive keepAlive, Clock clock) {
        this.api = api;
        this.control = control;
        this.pace = pace;
        this.keepAlive = keepAlive;
        this.clock = clock;
    }

    void handle(HttpServerRequest request) {
        keepAlive.requestBegins(request.connection());
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= LARGEST_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (request.path().startsWith("/_sandbox/")) {
                api.work(() -> control.answer(
                                request.method().name(),
                                request.path(),
                                request.query(),
                                body.toString(StandardCharsets.UTF_8)))
                        .onComplete(answer -> reply(request, answer.result(), answer.cause()));
            } else {
                route(request, body);
            }
        });
    }

    private void route(HttpServerRequest request, Buffer body) {
        String path = request.path();
        if (path.length() > 1 && path.endsWith("/")) {
            String query = request.query() == null ? "" : "?" + request.query();
            write(request, Answer.redirect(path.substring(0, path.length() - 1) + query));
        } else if (!path.startsWith(BASE) || !api.has(path.substring(BASE.length()))) {
            write(request, Answer.notFound());
        } else if (body.length() > LARGEST_BODY) {
            write(request, Answer.bare(413, "Body exceeded 1mb limit"));
        } else {
            JsonNode parsed = Bodies.parse(request.getHeader("Content-Type"), body.toString(StandardCharsets.UTF_8));
            if (parsed == null) {
                write(request, Answer.bare(400, "Invalid JSON"));
            } else {
                // only a POST's parameters are read; any other method runs the handler without
                ObjectNode params = request.method().equals(HttpMethod.POST) && parsed instanceof ObjectNode given
                        ? given
                        : Json.object();
                api.pause(pace.millis())
                        .compose(done ->
                                api.arrive(path.substring(BASE.length()), request.getHeader("Authorization"), params))
                        .onSuccess(arrived -> serve(request, arrived))
                        .onFailure(bug -> reply(request, null, bug));
            }
        }
    }

    private void serve(HttpServerRequest request, Api.Arrived arrived) {
        Fault fault = arrived.onTheWire();
        Call call = arrived.call();
        if (fault == null) {
            api.run(call).onComplete(done -> reply(request, done.result(), done.cause()));
            return;
        }
        switch (fault.kind()) {
            case RESET_BEFORE -> request.connection().close();
            case RESET_AFTER_COMMIT ->
                api.run(call).onComplete(done -> request.connection().close());
            case TIMEOUT_BEFORE -> hold(request, fault);
            case TIMEOUT_AFTER_COMMIT -> api.run(call).onComplete(done -> hold(request, fault));
            case LATE_COMMIT -> {
                if (fault.params().path("hold").asBoolean()) {
                    hold(request, fault);
                } else {
                    request.connection().close();
                }
                api.pause(fault.millis("delay_millis", 2000)).compose(done -> api.run(call));
            }
            case SLOW ->
                api.pause(fault.millis("millis", 3000))
                        .compose(done -> api.run(call))
                        .onComplete(done -> reply(request, done.result(), done.cause()));
            case DUPLICATE_DELIVERY -> {
                Future<Answer> first = api.run(call);
                Future.join(first, api.run(call)).onComplete(done -> reply(request, first.result(), first.cause()));
            }
            case TRUNCATED_JSON ->
                spoilt(call, fault, true).onComplete(done -> reply(request, half(done.result()), done.cause()));
            case EMPTY_BODY ->
                spoilt(call, fault, true).onComplete(done -> reply(request, Answer.json(""), done.cause()));
            case HTML_502 -> instead(request, call, fault, Answer.html(502, "502 Bad Gateway"));
            case HTML_200 -> instead(request, call, fault, Answer.html(200, "Checking your browser"));
            case HTTP_503 -> instead(request, call, fault, Answer.text(503, "text/plain", "Service Unavailable"));
            default ->
                instead(
                        request,
                        call,
                        fault,
                        Answer.error(fault.params().path("text").asText("timeout exceeded when trying to connect")));
        }
    }

    private Future<Answer> spoilt(Call call, Fault fault, boolean executed) {
        return fault.executed(executed) ? api.run(call) : Future.succeededFuture(Answer.json("{\"success\":true}"));
    }

    private static Answer half(Answer whole) {
        return whole.withBody(whole.body().substring(0, whole.body().length() / 2));
    }

    private void instead(HttpServerRequest request, Call call, Fault fault, Answer answer) {
        spoilt(call, fault, false).onComplete(done -> reply(request, answer, done.cause()));
    }

    private void hold(HttpServerRequest request, Fault fault) {
        api.pause(fault.millis("millis", HELD_MILLIS))
                .onComplete(done -> request.connection().close());
    }

    private void reply(HttpServerRequest request, @Nullable Answer answer, @Nullable Throwable bug) {
        write(
                request,
                answer != null && bug == null ? answer : Answer.text(500, "text/plain", "the sandbox failed: " + bug));
    }

    private void write(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        answer.headers().forEach(response::putHeader);
        response.putHeader("Date", DATE.format(clock.instant().atZone(ZoneOffset.UTC)));
        keepAlive.announce(request);
        response.endHandler(sent -> keepAlive.requestEnds(request.connection()));
        if (answer.contentType().isEmpty()) {
            if (answer.status() != 308) {
                response.setStatusMessage(answer.body());
            }
            response.setStatusCode(answer.status()).setChunked(true).end(answer.body());
            return;
        }
        String etag = answer.etag();
        response.putHeader("ETag", etag).putHeader("Vary", "Accept-Encoding");
        if (answer.status() == 200 && isFresh(request, etag)) {
            response.setStatusCode(304).end();
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .end(Buffer.buffer(answer.body(), "UTF-8"));
    }

    private static boolean isFresh(HttpServerRequest request, String etag) {
        String known = request.getHeader("If-None-Match");
        String control = request.getHeader("Cache-Control");
        return known != null
                && (control == null || !control.contains("no-cache"))
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }
}
