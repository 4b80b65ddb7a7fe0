package dev.purser.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A browser without a window, spoken to in its own DevTools protocol. */
final class Chromium implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> said = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private final Process process;
    private final WebSocket page;
    private int asked;

    /** Empty where none is installed. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile a folder of its own */
    Chromium(Path program, Path profile) throws IOException {
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile.toAbsolutePath(),
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        Awaitility.await("Chromium listens")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        String address = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/new";
        JsonNode target = JSON.readTree(send(HttpRequest.newBuilder(URI.create(address))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build()));
        page = http.newWebSocketBuilder()
                .buildAsync(URI.create(target.path("webSocketDebuggerUrl").asText()), new Ear())
                .join();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", JSON.createObjectNode());
        }
    }

    private String send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Shows a page in a window of this width, and waits until all of it is there. */
    void open(URI address, int width) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", 900)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
        complaints.clear();
        ask("Page.navigate", JSON.createObjectNode().put("url", address.toString()));
        Awaitility.await(address + " is there").atMost(Duration.ofSeconds(30)).until(() -> evaluate(
                        "document.readyState + ' ' + location.href")
                .equals("complete " + address));
    }

    /** What an expression on the page is, as text. */
    String evaluate(String expression) {
        return ask("Runtime.evaluate", JSON.createObjectNode().put("expression", expression))
                .at("/result/value")
                .asText();
    }

    /** Errors in the console, exceptions, and requests that failed, since the page was opened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    byte[] screenshot() {
        return decoded(ask(
                "Page.captureScreenshot",
                JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true)));
    }

    byte[] pdf() {
        return decoded(ask("Page.printToPDF", JSON.createObjectNode().put("preferCSSPageSize", true)));
    }

    private static byte[] decoded(JsonNode answer) {
        return java.util.Base64.getDecoder().decode(answer.path("data").asText());
    }

    private JsonNode ask(String method, ObjectNode params) {
        int id = ++asked;
        ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
        page.sendText(question.set("params", params).toString(), true).join();
        while (true) {
            JsonNode heard = hear();
            if (heard.path("id").asInt() == id) {
                return heard.path("result");
            }
            complaint(heard).ifPresent(complaints::add);
        }
    }

    private JsonNode hear() {
        try {
            JsonNode heard = said.poll(60, TimeUnit.SECONDS);
            if (heard == null) {
                throw new IllegalStateException("Chromium says nothing any more");
            }
            return heard;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> complaint(JsonNode event) {
        return switch (event.path("method").asText()) {
            case "Runtime.exceptionThrown", "Network.loadingFailed" ->
                Optional.of(event.path("params").toString());
            case "Log.entryAdded" ->
                Optional.of(event.at("/params/entry"))
                        .filter(entry -> entry.path("level").asText().equals("error"))
                        .map(JsonNode::toString);
            case "Runtime.consoleAPICalled" ->
                Optional.of(event.path("params"))
                        .filter(call -> call.path("type").asText().equals("error"))
                        .map(JsonNode::toString);
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        page.abort();
        process.destroy();
    }

    /** Puts the parts of a message together. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    said.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
