package dev.purser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers over HTTP what a test says that Purser would; the last answer to a question stays. */
final class PretendPurser implements AutoCloseable {

    /** @param token what the caller showed, or null */
    record Asked(String question, String mediaType, String token, String body) {}

    private record Answer(int status, String mediaType, String body) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    PretendPurser() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        when("GET /q/health/live", 200, "{\"status\":\"UP\",\"checks\":[]}");
    }

    /** @param question method, path and query */
    PretendPurser when(String question, int status, String json) {
        return when(question, status, status < 400 ? "application/json" : "application/problem+json", json);
    }

    PretendPurser when(String question, int status, String mediaType, String body) {
        answers.computeIfAbsent(question, any -> new ArrayDeque<>()).add(new Answer(status, mediaType, body));
        return this;
    }

    String url() {
        return "http://localhost:" + port();
    }

    String port() {
        return Integer.toString(server.getAddress().getPort());
    }

    /** What was asked beside whether anybody is there. */
    List<String> questions() {
        return asked.stream()
                .map(Asked::question)
                .filter(question -> !question.startsWith("GET /q/"))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(new Asked(
                question,
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Deque<Answer> known = answers.getOrDefault(question, new ArrayDeque<>());
        Answer answer = known.size() > 1
                ? known.poll()
                : known.isEmpty() ? new Answer(404, "text/html", "<html>" + question + "</html>") : known.peek();
        exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
