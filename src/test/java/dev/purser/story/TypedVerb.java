package dev.purser.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A verb that somebody typed, and what it answered. What it printed is kept in {@code target/story-logs/}, among the logs. */
record TypedVerb(int exit, String out, String err) {

    static TypedVerb run(Map<String, String> environment, Path home, String... line) {
        Path said = Path.of("target", "story-logs", "typed-" + line[0] + "-" + UUID.randomUUID() + ".log")
                .toAbsolutePath();
        Path errors = said.resolveSibling(said.getFileName() + ".err.log");
        try {
            Files.createDirectories(said.getParent());
            Files.createDirectories(home);
            Process process = PackagedService.of(environment, line)
                    .directory(home.toFile())
                    .redirectOutput(said.toFile())
                    .redirectError(errors.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends, see %s", line[0], said)
                    .isTrue();
            return new TypedVerb(process.exitValue(), Files.readString(said, UTF_8), Files.readString(errors, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError(out, e);
        }
    }
}
