package dev.purser.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a verb talks. In UTF-8 whatever the machine's locale says, because JSON is and the names of customers are.
 *
 * @param screen somebody is watching, so a line may be drawn again over itself
 */
public record Terminal(PrintStream out, PrintStream err, boolean screen) {

    private static final ObjectWriter JSON = new JsonMapper().writerWithDefaultPrettyPrinter();

    public static Terminal ofThisProcess() {
        return new Terminal(utf8(FileDescriptor.out), utf8(FileDescriptor.err), isScreen());
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    /** From Java 22 on there is a console also where nobody watches; whether it is a terminal must be asked then. */
    private static boolean isScreen() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (boolean) System.console().getClass().getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException | RuntimeException before22) {
            return System.getenv("TERM") != null;
        }
    }

    /** Where a person reads: standard output, unless that is for a program. */
    public PrintStream told(boolean json) {
        return json ? err : out;
    }

    public void print(JsonNode document) {
        try {
            out.println(JSON.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that we hold is JSON", e);
        }
    }

    /** Why it ended early. */
    public int fail(boolean json, Exit exit, String sentence) {
        err.println(sentence.stripTrailing());
        if (json) {
            print(JsonNodeFactory.instance
                    .objectNode()
                    .put("error", sentence.strip())
                    .put("exit_code", exit.code()));
        }
        return exit.code();
    }

    /** Asks whoever is watching. */
    boolean isAgreed(String question) {
        Console console = System.console();
        String answer = console == null ? null : console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().matches("(?i)y|yes");
    }

    /** What others wrote must not move the cursor or colour the screen. */
    static String harmless(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /** The same, where lines are meant. */
    static String harmlessLines(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]+", " ");
    }
}
