package dev.purser.reconciliation;

import dev.purser.reconciliation.ledger.LedgerEntry;
import dev.purser.reconciliation.ledger.Shelf;
import dev.purser.reconciliation.sql.Statements;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A million ledger lines against a million orders, as Purser does it and by hand: one COPY of the same lines into a table with the same
 * columns and key, one full outer join, and the same result rows. Prints the ratio of the two; {@code mvn -Pbench verify} runs it.
 */
class ReconciliationBench {

    private static final int LINES = Integer.getInteger("purser.bench-lines", 1_000_000);
    private static final int PORTION = 5_000;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");

    final Scene scene = new Scene();

    @Test
    void a_million_lines_against_a_million_orders() throws IOException {
        orders();
        Path file = file();
        // By hand first: what it warms up is the other's gain only if the machine is the bottleneck, so both run twice.
        for (int round = 1; round <= 2; round++) {
            long copyByHand = copyByHand(file);
            long joinByHand = timed("""
                    insert into hand_row (run_id, finding, order_ref, order_id, campaign, account_id, cart_item_id, purchase_id,
                           license_id, ordered_cents, quoted_cents, billed_cents, raw_cost, rule, ordered_from, ordered_to,
                           billed_from, billed_to, purchase_time, since)
                    select 1, case when l.id is null then 'ORDERED_NOT_BILLED' when o.id is null then 'BILLED_NOT_ORDERED'
                                   when row_number() over (partition by coalesce(o.id, -l.id) order by l.time, l.id) > 1 then 'BILLED_TWICE'
                                   when l.cents <> o.cost * 100 then 'AMOUNT_DIFFERS'
                                   when l.period_start <> o.starts or l.period_end <> o.ends then 'PERIOD_DIFFERS'
                                   else 'MATCHED' end,
                           o.id, o.order_id, o.campaign, l.account_id, l.item_id, l.id, l.license_id, o.cost * 100,
                           o.quoted_cost * 100, l.cents, l.cost, 'exact', o.starts, o.ends, l.period_start, l.period_end,
                           l.time, l.time
                      from hand_line l full outer join orders o
                        on o.purchasing_account = l.account_id and o.cart_item_id = l.item_id""");
            long total = timed(
                    "insert into hand_total select finding, count(*), sum(ordered_cents), sum(billed_cents) from hand_row group by 1");
            clear();
            long copy = copy();
            long compare = compare();
            double ratio = (double) (copy + compare) / (copyByHand + joinByHand + total);
            System.out.printf(
                    Locale.ROOT,
                    "reconciliation: %d lines, round %d: COPY %.1f s by hand %.1f s, compare %.1f s by hand %.1f s, ratio %.2f, heap %d MB%n",
                    LINES,
                    round,
                    copy / 1e9,
                    copyByHand / 1e9,
                    compare / 1e9,
                    (joinByHand + total) / 1e9,
                    ratio,
                    peak() >> 20);
            clear();
        }
        Files.delete(file);
        scene.close();
    }

    void orders() {
        scene.database.run(LONG, db -> db.update("""
                insert into orders (order_id, state, account_id, license_user, run_limit, ram, cpu, disk, member, uptime, boost, period,
                                    starts, ends, content_hash, source, purchasing_account, purchasing_name, cart_item_id,
                                    quoted_cost, cost, license_id, purchase_id, received_at, state_since)
                select 'order-' || n, 'PROVISIONED', gen_random_uuid(), 'ACADEMIC', 1, 4, 1, 3, true, 'SHORT', false, 'RANGE',
                       ?, ?, 'x', 'bench', ?, 'main', n, 12.38, 12.38, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                       n, ?, ?
                  from generate_series(1, ?) n""", Scene.STARTS, Scene.ENDS, Scene.ACCOUNT, BEGIN, BEGIN, LINES));
        scene.database.run(LONG, db -> {
            db.update("create table hand_line (like ledger_line including all)");
            db.update("create table hand_row (like reconciliation_row including all)");
            db.update("create table hand_total (finding text, count bigint, ordered bigint, billed bigint)");
            db.update("analyze orders");
        });
    }

    private void clear() {
        scene.database.run(
                LONG,
                db -> db.update(
                        "truncate hand_line, hand_row, hand_total, reconciliation_row, reconciliation_total, ledger_line, ledger_change, discrepancy"));
        scene.database.run(
                LONG, db -> db.update("update reconciliation set state = 'COMPLETED' where state = 'RUNNING'"));
    }

    /** The lines as PostgreSQL writes them itself: by hand they lie there before the clock runs. */
    private Path file() throws IOException {
        copy();
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target")), "ledger", ".copy");
        scene.database.run(LONG, db -> {
            try (OutputStream out = Files.newOutputStream(file)) {
                copies(db).copyOut("copy ledger_line (" + Shelf.COLUMNS + ") to stdout", out);
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        clear();
        return file;
    }

    private long copyByHand(Path file) {
        long begun = System.nanoTime();
        scene.database.run(LONG, db -> {
            try (InputStream text = Files.newInputStream(file)) {
                copies(db).copyIn("copy hand_line (" + Shelf.COLUMNS + ") from stdin", text, 1 << 16);
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return System.nanoTime() - begun;
    }

    private static CopyManager copies(Statements db) throws SQLException {
        return db.connection().unwrap(PGConnection.class).getCopyAPI();
    }

    long copy() {
        Shelf shelf = new Shelf(scene.database, Scene.ACCOUNT);
        long spent = 0;
        for (int from = 1; from <= LINES; from += PORTION) {
            List<LedgerEntry> lines = lines(from);
            long begun = System.nanoTime();
            shelf.put(lines);
            spent += System.nanoTime() - begun;
        }
        return spent;
    }

    private long compare() {
        long run = scene.run(Range.OPEN, false);
        long begun = System.nanoTime();
        scene.database.run(LONG, db -> {
            Run found = Runs.find(db, run).orElseThrow();
            Comparison.write(db, Scope.of(found, Duration.ofHours(1)));
            Docket.keep(db, found);
        });
        return System.nanoTime() - begun;
    }

    private long timed(String sql) {
        long begun = System.nanoTime();
        scene.database.run(LONG, db -> {
            db.update("set local work_mem = '64MB'");
            db.update(sql);
        });
        return System.nanoTime() - begun;
    }

    /** Each thousandth is billed by another amount, each thousandth belongs to nobody. */
    private static List<LedgerEntry> lines(int from) {
        List<LedgerEntry> lines = new ArrayList<>(PORTION);
        for (int n = from; n < from + PORTION && n <= LINES; n++) {
            BigDecimal cost = new BigDecimal(n % 1_000 == 1 ? "12.39" : "12.38");
            long item = n % 1_000 == 2 ? 10_000_000L + n : n;
            UUID license = new UUID(0x4000L, 0x8000_0000_0000_0000L | n);
            lines.add(new LedgerEntry(
                    n,
                    BEGIN.plusSeconds(n),
                    cost,
                    null,
                    n % 1_000 == 1 ? 1_239 : 1_238,
                    "license",
                    item,
                    license,
                    n % 1_000 == 2 ? null : "order-" + n,
                    null,
                    Scene.STARTS,
                    Scene.ENDS,
                    RAW.formatted(n, BEGIN.plusSeconds(n), cost, item, n, license)));
        }
        return lines;
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** As recorded. */
    private static final String RAW = """
            {"id":%d,"time":"%s","cost":%s,"period_start":"2026-12-01T00:00:00.000Z","period_end":"2027-05-31T00:00:00.000Z",\
            "cost_per_hour":0.018790323,"cost_so_far":null,"service":"license","description":{"info":{"end":"2026-12-31T23:59:59.999Z",\
            "type":"quota","user":"business","boost":false,"start":"2026-12-01T00:00:00.000Z","title":"withproj","upgrade":"custom",\
            "version":"3","quantity":1,"custom_cpu":1,"custom_ram":4,"custom_disk":3,"description":"Range desc","subscription":"no",\
            "custom_member":true,"custom_uptime":"short","custom_dedicated_cpu":0,"custom_dedicated_ram":0},"item":{"id":%d,"cost":\
            {"cost":13.98,"input":{"end":"2026-12-31T23:59:59.999Z","type":"quota","user":"business","boost":false,"start":\
            "2026-12-01T00:00:00.000Z","upgrade":"custom","version":"3","quantity":1,"custom_cpu":1,"custom_ram":4,"custom_disk":3,\
            "subscription":"no","custom_member":true,"custom_uptime":"short","custom_dedicated_cpu":0,"custom_dedicated_ram":0},\
            "period":"range","quantity":1,"cost_per_unit":13.98,"cost_sub_year":165,"cost_sub_month":13.75,\
            "cost_per_project_per_month":13.75},"added":"2026-11-23T19:24:08.261Z","checked":true,"product":"site-license",\
            "removed":null,"purchased":null,"account_id":"84a487cf-4b90-4140-b7cd-c9061aede735","project_id":null,"description":\
            {"cpu":1,"ram":4,"disk":3,"type":"quota","user":"business","boost":false,"range":["2026-12-01T00:00:00.000Z",\
            "2026-12-31T23:59:59.999Z"],"title":"withproj","member":true,"period":"range","uptime":"short","run_limit":1,\
            "description":"Range desc\\npurser:main:order-%d"},"lineItemAmount":13.98},"type":"license","license_id":"%s"},\
            "invoice_id":null,"project_id":null,"notes":null}""";
}
