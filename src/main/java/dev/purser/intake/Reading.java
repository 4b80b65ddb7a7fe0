package dev.purser.intake;

import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.OrderId;
import dev.purser.orders.Acceptance;
import dev.purser.orders.Orders;
import dev.purser.orders.Submission;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Reads a claimed file from where the last reader stopped: chunk by chunk, each in one transaction with its counts. */
@ApplicationScoped
class Reading {

    private static final int CHUNK_ROWS = 1_000;
    /** Rows with huge cells travel in smaller company. */
    private static final int CHUNK_WEIGHT = 2_000_000;

    private final Imports imports;
    private final ImportRows rows;
    private final Orders orders;
    private final boolean subscriptions;

    Reading(
            Imports imports,
            ImportRows rows,
            Orders orders,
            @ConfigProperty(name = "purser.subscriptions", defaultValue = "true") boolean subscriptions) {
        this.imports = imports;
        this.rows = rows;
        this.orders = orders;
        this.subscriptions = subscriptions;
    }

    /** @param goOn asked between chunks; what is left when it says no is read by whoever takes the file next */
    void read(ImportView file, Path path, BooleanSupplier goOn) {
        try {
            readWhole(file, path, goOn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readWhole(ImportView file, Path path, BooleanSupplier goOn) throws IOException {
        FileLook look = FileLook.at(path);
        CsvHeader header = look.flaw() == null ? CsvHeader.of(path) : null;
        String flaw = header == null ? look.flaw() : header.flaw();
        if (flaw != null) {
            imports.quarantine(file.id(), look, flaw);
            return;
        }
        if (header != null && imports.begin(file.id(), look, header.separator())) {
            ImportView begun = imports.find(file.id()).orElseThrow();
            readRows(begun, path, header, goOn);
        }
    }

    private void readRows(ImportView file, Path path, CsvHeader header, BooleanSupplier goOn) throws IOException {
        try (CsvFile csv = CsvFile.open(path, header.separator())) {
            long done = file.rows();
            skip(csv, done);
            while (goOn.getAsBoolean()) {
                List<CsvRow> chunk = chunk(csv);
                if (chunk.isEmpty()) {
                    imports.read(file.id());
                    return;
                }
                long before = done;
                QuarkusTransaction.requiringNew().run(() -> store(file, header, chunk, before));
                done += chunk.size();
            }
        }
    }

    private static void skip(CsvFile csv, long rows) {
        for (long row = 0; row < rows; row++) {
            csv.next();
        }
    }

    private static List<CsvRow> chunk(CsvFile csv) {
        List<CsvRow> chunk = new ArrayList<>();
        int weight = 0;
        while (chunk.size() < CHUNK_ROWS && weight < CHUNK_WEIGHT) {
            CsvRow row = csv.next();
            if (row == null) {
                return chunk;
            }
            chunk.add(row);
            weight += row.weight();
        }
        return chunk;
    }

    private void store(ImportView file, CsvHeader header, List<CsvRow> chunk, long before) {
        List<Verdict> verdicts = judge(file, header, chunk);
        rows.insert(file.id(), verdicts);
        long accepted = count(verdicts, Verdict.Status.ACCEPTED);
        long duplicate = count(verdicts, Verdict.Status.DUPLICATE);
        imports.advance(file.id(), before, accepted, duplicate, verdicts.size() - accepted - duplicate);
    }

    private static long count(List<Verdict> verdicts, Verdict.Status status) {
        return verdicts.stream().filter(verdict -> verdict.status() == status).count();
    }

    private List<Verdict> judge(ImportView file, CsvHeader header, List<CsvRow> chunk) {
        List<String> keys = CsvHeader.keys(header.columns());
        Rules rules = new Rules(file.rulesAt(), subscriptions);
        Map<Long, Verdict> refused = new HashMap<>();
        List<Submission> submissions = new ArrayList<>();
        for (CsvRow row : chunk) {
            Map<String, String> cells = row.named(keys);
            CsvRow.Flaw flaw = row.flaw();
            if (flaw != null) {
                refused.put(row.number(), Verdict.rejected(row, orderId(cells), flaw.code(), flaw.message()));
                continue;
            }
            OrderForm.ofCells(cells, rules)
                    .fold(new Checked.Cases<Optional<Verdict>>() {
                        @Override
                        public Optional<Verdict> valid(Checked.Valid order) {
                            String source = "csv:" + file.fileName() + ":" + row.line();
                            submissions.add(order.from(source, file.id(), isReplay(file)));
                            return Optional.empty();
                        }

                        @Override
                        public Optional<Verdict> invalid(Checked.Invalid errors) {
                            return Optional.of(Verdict.rejected(row, orderId(cells), "invalid", errors.message()));
                        }
                    })
                    .ifPresent(verdict -> refused.put(row.number(), verdict));
        }
        Iterator<Acceptance> acceptances = orders.accept(submissions).iterator();
        return chunk.stream()
                .map(row -> {
                    Verdict no = refused.get(row.number());
                    return no == null ? Verdict.of(row, acceptances.next()) : no;
                })
                .toList();
    }

    /** The same bytes again are the same orders, not new attempts; but a file of failed rows is dropped in order to try again. */
    private static boolean isReplay(ImportView file) {
        return file.repeats() != null && !file.fileName().endsWith(".errors.csv");
    }

    private static @Nullable String orderId(Map<String, String> cells) {
        return OrderId.parse(cells.getOrDefault("order_id", "").strip())
                .map(OrderId::value)
                .orElse(null);
    }
}
