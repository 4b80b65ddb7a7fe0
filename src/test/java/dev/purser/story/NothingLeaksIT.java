package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs last, and looks through all that the stories of this run have left behind. */
@Order(Integer.MAX_VALUE)
@Isolated
class NothingLeaksIT {

    private static final Path LOGS = Path.of("target", "story-logs");
    private static final Path FOLDERS = Path.of("target", "stories");

    /** Where an email address belongs (of a command's result: when it was asked for one), and where a title, what a partner sent and the bill as CoCalc wrote it do. */
    private static final Set<String> WITH_EMAILS = Set.of("customer.email", "command.result");

    private static final Set<String> WITH_STUDENTS =
            Set.of("orders.title", "orders.description", "dead_letter.value", "ledger_line.raw", "ledger_change.raw");

    private static final String BAD_TEXT = "the key %s of %s is not good enough";

    private final Parts parts = Parts.running();
    private final SandboxLedger ledger = parts.ledger();

    /** So that it has something to find when it runs alone: orders that go well and wrong, and a CoCalc that says too much. */
    @BeforeEach
    void tellPurserEverything() {
        String customer = ledger.newCustomer();
        String key = ledger.newBuyer();
        String good = "leak-" + UUID.randomUUID();
        try (PurserProcess purser = PurserProcess.of(parts, "leaks")
                .with("PURSER_ACCOUNTS_MAIN_API_KEY", key)
                .start()) {
            ledger.breakOnce(
                    "purchases/shopping-cart-checkout",
                    "error_text",
                    "{\"text\":\"" + BAD_TEXT.formatted(key, customer + "@university.example") + "\"}");
            purser.inbox()
                    .drop(
                            "leaks.csv",
                            ADropFolder.HEADER
                                    + ADropFolder.row(good, customer)
                                    + ADropFolder.row(good + "-bad", customer).replace(",short,", ",forever,"));
            String wrong = OrdersTopic.order(good + "-wrong", customer);
            parts.orders().send(good + "-wrong", wrong.replace("\"cpu\":1", "\"cpu\":-1"));
            parts.orders().send(good + "-cut", wrong.substring(0, wrong.length() - 9));
            purser.post("/api/v1/quotes", "[" + wrong + "]");
            purser.awaitState(good, "PROVISIONED");
            purser.inbox().awaitSummary("leaks");
            assertThat(purser.ask("select why from checkout order by id limit 1"))
                    .contains(BAD_TEXT.formatted("***", "***"));
        }
    }

    @Test
    void no_key_no_email_address_and_no_students_name_is_left_where_nobody_needs_it() throws Exception {
        Canaries canaries = new Canaries(Parts.all().stream()
                .map(each -> each.ledger().call("GET", "ledger", ""))
                .toList());

        int files = readLogs(canaries) + readFolders(canaries);
        int records = 0;
        int values = 0;
        for (Parts each : Parts.all()) {
            records += readTopics(each, canaries);
            values += readDatabases(each, canaries);
        }

        assertThat(canaries.leaks()).isEmpty();
        assertThat(canaries.count()).isGreaterThan(3);
        assertThat(List.of(files, records, values))
                .allSatisfy(read -> assertThat(read).isGreaterThan(4));
    }

    /** The output of every story, and the metrics that it told at its end. */
    private static int readLogs(Canaries canaries) throws IOException {
        List<Path> logs = files(LOGS);
        assertThat(logs).anyMatch(log -> log.toString().endsWith(".metrics"));
        for (Path log : logs) {
            canaries.allIn(log.toString(), Files.readString(log));
        }
        return logs.size();
    }

    /** What partners get back: the results tell the email address and repeat what was sent. */
    private static int readFolders(Canaries canaries) throws IOException {
        List<Path> files = files(FOLDERS);
        for (Path file : files) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            canaries.keysIn(file.toString(), text);
            if (!file.toString().endsWith(".results.csv")) {
                canaries.emailsIn(file.toString(), text);
            }
            if (!file.toString().endsWith(".csv") && !isAsItWasDropped(file)) {
                canaries.studentsIn(file.toString(), text);
            }
        }
        return files.size();
    }

    /** Under another name than that of a CSV file: not read, or put aside whole beside its reason. */
    private static boolean isAsItWasDropped(Path file) {
        String folder = file.getParent().getFileName().toString();
        return folder.equals("inbox")
                || folder.equals("quarantine") && !file.toString().endsWith(".reason.txt");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Only what a partner has sent, and what is kept of it whole because it could not be understood, names students. */
    private static int readTopics(Parts parts, Canaries canaries) {
        return new Topics(parts.brokers()).read((topic, part, text) -> {
            String place = "a " + part + " on " + topic;
            canaries.keysIn(place, text);
            if (!(part.equals("value") && topic.equals(ResultsTopic.NAME))) {
                canaries.emailsIn(place, text);
            }
            boolean sentByPartner = part.equals("value")
                    && Set.of(OrdersTopic.NAME, "purser.dead-letters.v1").contains(topic);
            if (!sentByPartner) {
                canaries.studentsIn(place, text);
            }
        });
    }

    private static int readDatabases(Parts parts, Canaries canaries) throws SQLException {
        int values = 0;
        for (String database : parts.databases()) {
            try (Connection connection = parts.connect(database)) {
                for (String column : columns(connection)) {
                    values += readColumn(canaries, connection, column);
                }
            }
        }
        return values;
    }

    private static List<String> columns(Connection connection) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery("""
                select table_name || '.' || column_name from information_schema.columns
                 where table_schema = 'public' and data_type in ('text', 'character varying', 'jsonb', 'bytea')""")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    private static int readColumn(Canaries canaries, Connection connection, String column) throws SQLException {
        String table = column.substring(0, column.indexOf('.'));
        int values = 0;
        try (ResultSet rows = connection
                .createStatement()
                .executeQuery("select distinct " + column + " from " + table + " where " + column + " is not null")) {
            while (rows.next()) {
                values++;
                String text = rows.getObject(1) instanceof byte[] bytes
                        ? new String(bytes, StandardCharsets.UTF_8)
                        : rows.getString(1);
                canaries.keysIn(column, text);
                if (!WITH_EMAILS.contains(column)) {
                    canaries.emailsIn(column, text);
                }
                if (!WITH_STUDENTS.contains(column)) {
                    canaries.studentsIn(column, text);
                }
            }
        }
        return values;
    }
}
