package dev.purser.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of orders that somebody named on the line. @param json order data; else a CSV */
record OrdersFile(Path path, boolean json) {

    static OrdersFile at(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            String start = new String(in.readNBytes(64), java.nio.charset.StandardCharsets.UTF_8);
            return new OrdersFile(path, start.strip().matches("(?s)[\\[{].*"));
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, "The file " + path + trouble(path, e));
        }
    }

    private static String trouble(Path path, IOException e) {
        return Files.isDirectory(path)
                ? " is a folder."
                : Files.exists(path) ? " cannot be read (" + e.getClass().getSimpleName() + ")." : " is not there.";
    }

    String mediaType() {
        return json ? "application/json" : "text/csv";
    }
}
