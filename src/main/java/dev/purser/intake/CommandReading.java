package dev.purser.intake;

import dev.purser.automation.Commands;
import dev.purser.automation.Receipt;
import dev.purser.automation.Request;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.event.Flaw;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Reads a file of commands from where the last reader stopped: chunk by chunk, each in one transaction with its counts. */
@ApplicationScoped
class CommandReading {

    private static final int CHUNK_ROWS = 500;
    /** Documents make rows heavy. In characters. */
    private static final int CHUNK_WEIGHT = 2_000_000;

    private final Imports imports;
    private final ImportRows rows;
    private final Commands commands;

    CommandReading(Imports imports, ImportRows rows, Commands commands) {
        this.imports = imports;
        this.rows = rows;
        this.commands = commands;
    }

    void read(ImportView file, Path path, CsvHeader header, BooleanSupplier goOn) throws IOException {
        List<String> keys = CsvHeader.keys(header.columns());
        try (CsvFile csv = CsvFile.open(path, header.separator())) {
            for (long row = 0; row < file.rows(); row++) {
                csv.next();
            }
            long done = file.rows();
            long begun = System.nanoTime();
            while (goOn.getAsBoolean()) {
                List<CsvRow> chunk = chunk(csv);
                if (chunk.isEmpty()) {
                    imports.read(file.id());
                    return;
                }
                long before = done;
                done += chunk.size();
                long rate = Math.round((done - file.rows()) * 1e9 / Math.max(1, System.nanoTime() - begun));
                long position = csv.position();
                QuarkusTransaction.requiringNew().run(() -> {
                    imports.hold(file.id(), before);
                    List<Verdict> verdicts = judge(file, keys, chunk);
                    rows.insert(file.id(), verdicts);
                    imports.advance(file.id(), Progress.of(before, verdicts, position, rate));
                });
            }
        }
    }

    private static List<CsvRow> chunk(CsvFile csv) {
        List<CsvRow> chunk = new ArrayList<>();
        int weight = 0;
        while (chunk.size() < CHUNK_ROWS && weight < CHUNK_WEIGHT) {
            CsvRow row = csv.next();
            if (row == null) {
                break;
            }
            chunk.add(row);
            weight += row.weight();
        }
        return chunk;
    }

    private List<Verdict> judge(ImportView file, List<String> keys, List<CsvRow> chunk) {
        Map<CsvRow, Verdict> refused = new HashMap<>();
        List<Request> requests = new ArrayList<>();
        for (CsvRow row : chunk) {
            Map<String, String> cells = row.named(keys);
            Request request = CommandCells.request(
                    cells, "csv:" + file.fileName() + ":" + row.line(), file.receivedAt(), file.id());
            CsvRow.Flaw damage = row.flaw();
            if (damage != null) {
                refused.put(row, rejected(row, request, damage.code(), damage.message()));
            } else if (request.verb().equals(CommandCells.NOT_FROM_A_FILE)) {
                refused.put(row, rejected(row, request, "invalid", CommandCells.WHY_NOT));
            } else {
                requests.add(request);
            }
        }
        Iterator<Request> asked = requests.iterator();
        Iterator<Receipt> receipts = commands.accept(requests).iterator();
        return chunk.stream()
                .map(row -> {
                    Verdict no = refused.get(row);
                    return no == null ? verdict(row, asked.next(), receipts.next()) : no;
                })
                .toList();
    }

    private static Verdict verdict(CsvRow row, Request request, Receipt receipt) {
        return receipt.fold(new Receipt.Cases<>() {
            @Override
            public Verdict accepted(String id) {
                return new Verdict(row.number(), id, Verdict.Status.ACCEPTED, null, null);
            }

            @Override
            public Verdict duplicate(String id) {
                return new Verdict(row.number(), id, Verdict.Status.DUPLICATE, null, null);
            }

            @Override
            public Verdict conflict(String message) {
                return rejected(row, request, "conflict", message.replaceFirst("^id:", CommandCells.ID + ":"));
            }

            @Override
            public Verdict invalid(List<Flaw> flaws) {
                return rejected(row, request, "invalid", CommandCells.sentence(flaws));
            }
        });
    }

    private static Verdict rejected(CsvRow row, Request request, String code, String message) {
        String id = OrderId.parse(request.id()).map(OrderId::value).orElse(null);
        return Verdict.rejected(row.number(), row.line(), id, code, message);
    }
}
