package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line for each transaction: the rows it wrote. A line is written before the request is answered, so that what was
 * answered outlives the process; a line torn by the process' death was never answered and is dropped.
 */
final class Journal implements AutoCloseable {
    private final @Nullable Path file;
    private @Nullable FileChannel channel;
    private ArrayNode pending = Json.array();

    Journal(@Nullable Path file) {
        this.file = file;
    }

    void append(String table, ObjectNode row) {
        if (file != null) {
            pending.add(Json.array().add(table).add(row));
        }
    }

    void commit() {
        if (pending.isEmpty()) {
            return;
        }
        String line = Json.write(pending) + "\n";
        pending = Json.array();
        if (channel != null) {
            write(channel, line);
        }
    }

    void replay(BiConsumer<String, ObjectNode> row) {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.forEach(line -> {
                JsonNode rows = Json.parse(line);
                if (rows != null) {
                    rows.forEach(entry -> row.accept(entry.path(0).asText(), (ObjectNode) entry.path(1)));
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Starts the file anew with the rows that are alive, which also cuts off a torn last line. */
    void rewrite(Stream<ArrayNode> rows) {
        if (file == null) {
            return;
        }
        try {
            close();
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try (FileChannel out = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                rows.forEach(row -> write(out, Json.write(Json.array().add(row)) + "\n"));
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            channel = FileChannel.open(file, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void write(FileChannel out, String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
