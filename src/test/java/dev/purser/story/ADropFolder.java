package dev.purser.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Where a partner puts CSV files, and where the answers appear beside it. */
final class ADropFolder {

    static final String HEADER =
            "order_id,account_id,user,run_limit,ram,cpu,disk,member,uptime,period,start,end,title,description\n";

    private final Path inbox;

    ADropFolder(Path inbox) {
        this.inbox = inbox;
    }

    /** A small academic license for the first half of 2031. */
    static String row(String orderId, String accountId) {
        return orderId + "," + accountId
                + ",academic,1,4,1,3,true,short,range,2031-01-01T00:00:00Z,2031-07-01T00:00:00Z,Calculus 101 for "
                + Canaries.STUDENT + ",\n";
    }

    /** The file appears all at once. */
    void drop(String name, String text) {
        drop(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void drop(String name, byte[] bytes) {
        try {
            Path hidden = Files.createDirectories(inbox).resolve("." + name + ".part");
            Files.write(hidden, bytes);
            Files.move(hidden, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file in {@code results/}, once it is there. */
    String awaitResult(String name) {
        return awaitFile("results", name);
    }

    /** The summary of the file {@code base.csv}, once every row of it is final; the results are final with it. */
    JsonNode awaitSummary(String base) {
        return Awaitility.await(base + " is complete")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> new ObjectMapper().readTree(awaitResult(base + ".summary.json")),
                        summary -> summary.path("complete").asBoolean());
    }

    String awaitFile(String folder, String name) {
        Path file = inbox.resolveSibling(folder).resolve(name);
        Awaitility.await(file.toString()).atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
