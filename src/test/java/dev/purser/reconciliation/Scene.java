package dev.purser.reconciliation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.reconciliation.ledger.LedgerEntry;
import dev.purser.reconciliation.ledger.Shelf;
import dev.purser.reconciliation.sql.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Orders and ledger lines as a test wants them, on a real PostgreSQL. */
public final class Scene implements AutoCloseable {

    public static final UUID ACCOUNT = UUID.fromString("00000000-0000-4000-8000-000000000001");
    public static final Instant LONG_AGO = Instant.parse("2026-11-10T12:00:00Z");
    public static final Instant STARTS = Instant.parse("2026-12-01T00:00:00Z");
    public static final Instant ENDS = Instant.parse("2027-05-31T00:00:00Z");

    private final ObjectMapper json = new ObjectMapper();
    public TestDatabase database = new TestDatabase();

    public Scene() {
        database.soon(db -> db.update("insert into purchasing_account (account_id, name) values (?, 'main')", ACCOUNT));
    }

    /** Ordered and bought, as the engine leaves it. */
    public Bought order(String orderId, long item, String cost) {
        return new Bought(orderId, item, cost);
    }

    public final class Bought {
        private final Map<String, Object> columns = new LinkedHashMap<>();
        public final UUID license = UUID.randomUUID();

        Bought(String orderId, long item, String cost) {
            columns.put("order_id", orderId);
            columns.put("state", "PROVISIONED");
            columns.put("account_id", UUID.randomUUID());
            columns.put("license_user", "ACADEMIC");
            columns.put("run_limit", 1);
            columns.put("ram", 4);
            columns.put("cpu", 1);
            columns.put("disk", 3);
            columns.put("member", true);
            columns.put("uptime", "SHORT");
            columns.put("boost", false);
            columns.put("period", "RANGE");
            columns.put("starts", STARTS);
            columns.put("ends", ENDS);
            columns.put("content_hash", "x");
            columns.put("source", "test");
            columns.put("purchasing_account", ACCOUNT);
            columns.put("purchasing_name", "main");
            columns.put("cart_item_id", item);
            columns.put("quoted_cost", new BigDecimal(cost));
            columns.put("cost", new BigDecimal(cost));
            columns.put("license_id", license);
            columns.put("received_at", LONG_AGO);
            columns.put("state_since", LONG_AGO);
        }

        public Bought with(String column, Object value) {
            columns.put(column, value);
            return this;
        }

        public Bought unbought(String state) {
            columns.put("state", state);
            columns.put("license_id", null);
            columns.put("cost", null);
            return this;
        }

        public Bought stored() {
            String names = String.join(", ", columns.keySet());
            String places = "?" + ", ?".repeat(columns.size() - 1);
            database.soon(db -> db.update(
                    "insert into orders (" + names + ") values (" + places + ")",
                    columns.values().toArray()));
            return this;
        }
    }

    /** A license line of the ledger. */
    public LineOf line(long id, long item, String orderId, String cost) {
        return new LineOf(id, item, orderId, cost);
    }

    public final class LineOf {
        private final Map<String, Object> row = new LinkedHashMap<>();
        private final Map<String, Object> description = new LinkedHashMap<>();

        LineOf(long id, Long item, String orderId, String cost) {
            row.put("id", id);
            row.put("time", LONG_AGO.toString());
            row.put("cost", cost == null ? null : new BigDecimal(cost));
            row.put("cost_so_far", null);
            row.put("service", "license");
            row.put("period_start", STARTS.toString());
            row.put("period_end", ENDS.toString());
            row.put("description", description);
            if (item != null) {
                description.put(
                        "item",
                        Map.of(
                                "id",
                                item,
                                "description",
                                Map.of("description", orderId == null ? "by hand" : "x\npurser:main:" + orderId)));
            }
        }

        public LineOf with(String column, Object value) {
            row.put(column, value);
            return this;
        }

        public LineOf license(UUID license) {
            description.put("license_id", license == null ? null : license.toString());
            return this;
        }

        /** An edit of a license, as CoCalc describes it. */
        public LineOf edited(String endBefore, String endAfter) {
            description.put("origInfo", Map.of("end", endBefore));
            description.put("modifiedInfo", Map.of("end", endAfter));
            return this;
        }

        public LineOf text(long item, String text) {
            description.put("item", Map.of("id", item, "description", Map.of("description", text)));
            return this;
        }

        public LineOf stored() {
            LedgerEntry entry = LedgerEntry.of(json.valueToTree(row), "main").orElseThrow();
            new Shelf(database, ACCOUNT).put(List.of(entry));
            return this;
        }
    }

    public LineOf other(long id, String service, String cost) {
        LineOf line = new LineOf(id, null, null, cost);
        return line.with("service", service).with("period_start", null).with("period_end", null);
    }

    public void license(UUID id, UUID buyer, long run) {
        database.soon(db -> db.update(
                "insert into managed_license (account_id, license_id, created, buyer, seen_run) values (?, ?, ?, ?, ?)",
                ACCOUNT,
                id,
                LONG_AGO,
                buyer,
                run));
    }

    /** As after a proven pull; all licenses told. */
    public long run(Range range, boolean licensesTold) {
        Runs runs = new Runs(database);
        long id = runs.enter(range, "test");
        runs.take();
        database.soon(db -> db.update("""
                insert into ledger_known (account_id, known_at, until, licenses_run) values (?, clock_timestamp(), now(), ?)
                    on conflict (account_id) do update set known_at = clock_timestamp(), licenses_run = excluded.licenses_run""", ACCOUNT, licensesTold ? id : null));
        return id;
    }

    public Run compare(long id) {
        Runs runs = new Runs(database);
        database.soon(db -> {
            Run run = Runs.find(db, id).orElseThrow();
            Comparison.write(db, Scope.of(run, Duration.ofHours(1)));
            Docket.keep(db, run);
            return db.update(
                    "update reconciliation set state = 'COMPLETED', finished_at = clock_timestamp() where id = ?", id);
        });
        return runs.find(id).orElseThrow();
    }

    public Run compare() {
        return compare(run(Range.OPEN, false));
    }

    public List<ReportRow> rows(Run run) {
        List<ReportRow> rows = new ArrayList<>();
        database.run(Duration.ofMinutes(1), db -> Report.rows(db, run.id(), rows::add));
        return rows;
    }

    @Override
    public void close() {
        database.close();
    }
}
