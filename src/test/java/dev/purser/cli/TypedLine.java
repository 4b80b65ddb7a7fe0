package dev.purser.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.cli.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody types a line, and this is what it answers. */
final class TypedLine implements House {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    final List<String> started = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit;

    TypedLine with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    TypedLine type(String... args) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        exit = new Shell(terminal, Settings.of(environment, Map.of()), CLOCK, this, new Rest(Duration.ofMillis(1)))
                .run(args);
        return this;
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out());
        } catch (JsonProcessingException e) {
            throw new AssertionError(out(), e);
        }
    }

    @Override
    public int serve(boolean json) {
        return start("serve", json);
    }

    @Override
    public int demo(boolean json) {
        return start("demo", json);
    }

    @Override
    public int sandbox(boolean json) {
        return start("sandbox", json);
    }

    @Override
    public Optional<String> exposure() {
        return Optional.empty();
    }

    private int start(String verb, boolean json) {
        started.add(verb + (json ? " with json" : ""));
        return Exit.DONE.code();
    }
}
