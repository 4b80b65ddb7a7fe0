package dev.purser.console.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A CSV of any size, written whole before its first byte is sent: a caller must not take half an answer for all of it. */
final class CsvAnswer {

    static final String CSV = "text/csv";

    private CsvAnswer() {}

    interface Content {
        /** @return whether there is any */
        boolean write(OutputStream out) throws IOException;
    }

    /** @return empty where there is nothing to answer */
    static Optional<Response> of(String fileName, Content content) throws IOException {
        Path draft = Files.createTempFile("purser", ".csv");
        boolean written = false;
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                written = content.write(out);
            }
            return written
                    ? Optional.of(Response.ok(sent(draft), CSV + ";charset=UTF-8")
                            .header(HttpHeaders.CONTENT_LENGTH, Files.size(draft))
                            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                            .build())
                    : Optional.empty();
        } finally {
            if (!written) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private static StreamingOutput sent(Path draft) {
        return out -> {
            try {
                Files.copy(draft, out);
            } finally {
                Files.deleteIfExists(draft);
            }
        };
    }
}
