package dev.purser.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.event.Contracts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "schemas",
        description = {
            "Lists the events and commands, prints the JSON Schema of one, or writes all of them to a folder,",
            "with the AsyncAPI document. They are those of this very program; it needs no running Purser."
        })
final class SchemasVerb implements Callable<Integer> {

    private static final String ASYNC_API = "asyncapi.json";
    private static final String INDEX = "index.json";

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "An event's type (or a file's name), or asyncapi: print this one.")
    @Nullable
    String name;

    @Option(names = "--to", paramLabel = "FOLDER", description = "Write all files there.")
    @Nullable
    Path folder;

    @Mixin
    private final Common common = new Common();

    private final Terminal terminal;

    SchemasVerb(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Contracts contracts = new Contracts();
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(ASYNC_API, contracts.asyncApi());
        // Beside the document, where its references lead.
        contracts.files().forEach((file, bytes) -> files.put("schemas/" + file, bytes));
        if (folder != null) {
            write(folder, files);
        } else if (name != null) {
            terminal.out().println(new String(find(name, files), StandardCharsets.UTF_8).stripTrailing());
        } else if (common.json) {
            terminal.print(all(files));
        } else {
            list(contracts.file(INDEX).orElseThrow());
        }
        return Exit.DONE.code();
    }

    private void write(Path to, SortedMap<String, byte[]> files) throws IOException {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path place = to.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.write(place, file.getValue());
            }
        } catch (FileSystemException e) {
            throw new Failure(
                    Exit.FAILED,
                    "Nothing can be written to " + e.getFile() + " ("
                            + e.getClass().getSimpleName() + "). Name a folder that you may write to.");
        }
        if (common.json) {
            ArrayNode written = JsonNodeFactory.instance.arrayNode();
            files.keySet().forEach(file -> written.add(to.resolve(file).toString()));
            terminal.print(JsonNodeFactory.instance.objectNode().set("written", written));
        } else {
            terminal.out().println(files.size() + " files are in " + to + ", " + ASYNC_API + " first.");
        }
    }

    private static byte[] find(String name, SortedMap<String, byte[]> files) {
        return Stream.of(name, name + ".json", "schemas/" + name, "schemas/" + name + ".json")
                .filter(files::containsKey)
                .findFirst()
                .map(files::get)
                .orElseThrow(() -> new Failure(
                        Exit.USAGE,
                        "There is no event '" + Terminal.harmless(name) + "'. The verb schemas alone lists them."));
    }

    private static ObjectNode all(SortedMap<String, byte[]> files) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        files.forEach((file, bytes) -> all.set(file, tree(bytes)));
        return all;
    }

    private void list(byte[] index) {
        Table table = new Table("event or command", "", "topic");
        for (JsonNode entry : tree(index).path("schemas")) {
            if (entry.has("type")) {
                table.row(
                        entry.path("type").asText(),
                        entry.path("direction").asText(),
                        entry.path("topic").asText());
            }
        }
        terminal.out().print(table);
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return new ObjectMapper().readTree(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("our own documents are JSON", e);
        }
    }
}
