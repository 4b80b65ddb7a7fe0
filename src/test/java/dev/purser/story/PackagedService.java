package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code java -jar … serve} as a process of the machine: its directory, its log, and the signals it gets. */
final class PackagedService {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final Path home;
    private final Path log;
    private Process process;

    /** @param log begun anew */
    PackagedService(Path home, Path log) {
        this.home = home;
        this.log = log.toAbsolutePath();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void launch(Map<String, String> environment) {
        try {
            Files.createDirectories(home);
            Files.createDirectories(log.getParent());
            process = of(environment, "serve")
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packaged program with this line and these settings, and no others. */
    static ProcessBuilder of(Map<String, String> environment, String... line) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It lives for seconds: it starts sooner so, and what it does is the same.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toAbsolutePath().toString()));
        command.addAll(List.of(line));
        ProcessBuilder builder = new ProcessBuilder(command);
        // What the developer's shell sets must not leak into a story.
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("PURSER_") || name.startsWith("QUARKUS_") || name.startsWith("KAFKA_"));
        builder.environment().putAll(environment);
        return builder;
    }

    void signal(String signal) {
        try {
            assertThat(new ProcessBuilder("kill", signal, Long.toString(pid()))
                            .start()
                            .waitFor())
                    .as("kill %s", signal)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return its exit code */
    int awaitExit() {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("Purser ends, see %s", log)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside its log. */
    void keep(String what, String text) {
        try {
            Files.writeString(log.resolveSibling(log.getFileName() + "." + what), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return log.toString();
    }
}
