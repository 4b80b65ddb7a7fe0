package dev.purser.cocalc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyInLogsTest {

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            StringWriter text = new StringWriter();
            text.append(entry.getLoggerName()).append(' ').append(entry.getMessage());
            if (entry.getParameters() != null) {
                for (Object parameter : entry.getParameters()) {
                    text.append(' ').append(String.valueOf(parameter));
                }
            }
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listenToEverything() {
        listener.setLevel(Level.ALL);
        root.addHandler(listener);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stopListening() {
        root.setLevel(before);
        root.removeHandler(listener);
    }

    @Test
    void the_key_is_in_no_log_at_any_level_and_in_no_answer() {
        List<String> answers = new ArrayList<>();
        List<RawServer.Behaviour> behaviours = List.of(
                (request, socket, out) -> RawServer.json(out, "{\"error\":\"bad key " + TestDoor.KEY + "\"}"),
                (request, socket, out) -> RawServer.send(out, "500 " + TestDoor.KEY, "text/plain", TestDoor.KEY),
                (request, socket, out) -> out.write((TestDoor.KEY + "\r\n\r\n").getBytes()),
                (request, socket, out) -> socket.close());
        for (RawServer.Behaviour behaviour : behaviours) {
            try (RawServer server = new RawServer(behaviour);
                    TestDoor door = new TestDoor(server.url(), Dialect.LIVING)) {
                answers.add(door.cocalc().checkout().summary());
                assertThat(server.requests.get(0).head()).contains(TestDoor.KEY);
            }
        }

        assertThat(answers).hasSize(4).noneMatch(answer -> answer.contains(TestDoor.KEY));
        assertThat(logged.stream().anyMatch(line -> line.startsWith("org.apache.hc.client5")))
                .isTrue();
        assertThat(logged.stream().filter(line -> line.contains(TestDoor.KEY))).isEmpty();
    }
}
