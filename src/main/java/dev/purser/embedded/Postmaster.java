package dev.purser.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** PostgreSQL outlives the JVM that started it when that JVM is killed, and then holds the directory and the port. */
final class Postmaster {

    private static final int SECONDS_TO_STOP = 60;

    private Postmaster() {}

    static void stopWhatAKilledRunLeft(Path data) {
        find(data).ifPresent(Postmaster::stop);
    }

    /** A stale {@code postmaster.pid} may name a process that is somebody else's by now: only a postgres is meant. */
    private static Optional<ProcessHandle> find(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                            .isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown; Java itself can only send SIGTERM, which waits for the clients. */
    private static void stop(ProcessHandle postmaster) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start();
            postmaster.onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (IOException | TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(
                    "a PostgreSQL of an earlier run (process " + postmaster.pid() + ") does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an earlier PostgreSQL stops", e);
        }
    }
}
