package dev.purser.intake;

import dev.purser.orders.Acceptance;
import dev.purser.orders.Orders;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads a claimed file from where the last reader stopped: chunk by chunk, each in one transaction with its counts.
 * While the database takes one chunk, the next is read and checked. */
@ApplicationScoped
class Reading {

    private static final String ANOTHER_NAME =
            "Its name does not end in .csv, and only such files are read. If it is a CSV,"
                    + " drop it again under such a name; if it is packed, unpack it first; a workbook, save as CSV in UTF-8.";

    private final Imports imports;
    private final ImportLeases leases;
    private final ImportRows rows;
    private final Orders orders;
    private final CommandReading commands;
    private final boolean subscriptions;

    Reading(
            Imports imports,
            ImportLeases leases,
            ImportRows rows,
            Orders orders,
            CommandReading commands,
            @ConfigProperty(name = "purser.subscriptions", defaultValue = "true") boolean subscriptions) {
        this.imports = imports;
        this.leases = leases;
        this.rows = rows;
        this.orders = orders;
        this.commands = commands;
        this.subscriptions = subscriptions;
    }

    /**
     * @param sizeNow of the file where it was dropped, in bytes
     * @param goOn asked between chunks; what is left when it says no is read by whoever takes the file next
     */
    void read(ImportView file, Path path, LongSupplier sizeNow, BooleanSupplier goOn) {
        try {
            readWhole(file, path, sizeNow, goOn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readWhole(ImportView file, Path path, LongSupplier sizeNow, BooleanSupplier goOn) throws IOException {
        FileLook look = FileLook.at(path);
        UntilItGrows untilItGrows = new UntilItGrows(file, look.bytes(), sizeNow, goOn);
        String disguise = new DropName(file.fileName()).isCsv() ? look.flaw() : ANOTHER_NAME;
        CsvHeader header = disguise == null ? CsvHeader.of(path) : null;
        String flaw = header == null ? disguise : header.flaw();
        if (flaw != null) {
            // What stands in the way may only be where the upload stood still: in the middle of a character.
            if (!untilItGrows.hasGrown()) {
                imports.quarantine(file.id(), look, flaw + readBefore(file));
            }
            return;
        }
        if (header != null && imports.begin(file.id(), look, header.separator())) {
            ImportView begun = imports.find(file.id()).orElseThrow();
            if (header.isOfCommands()) {
                commands.read(begun, path, header, untilItGrows);
            } else {
                readRows(begun, path, header, untilItGrows);
            }
        }
    }

    private static String readBefore(ImportView file) {
        return file.rows() == 0
                ? ""
                : " The file has changed since its first " + file.rows() + " rows were read; what they ordered stands.";
    }

    private void readRows(ImportView file, Path path, CsvHeader header, BooleanSupplier goOn) throws IOException {
        RowCheck check = new RowCheck(file, header, subscriptions);
        try (CsvFile csv = CsvFile.open(path, header.separator());
                RowsAhead ahead = new RowsAhead(csv, check, file.rows())) {
            long done = file.rows();
            Pace pace = new Pace(System.nanoTime(), done);
            while (goOn.getAsBoolean()) {
                RowsAhead.Chunk chunk = ahead.next();
                if (chunk.rows().isEmpty()) {
                    imports.read(file.id());
                    return;
                }
                long before = done;
                done += chunk.rows().size();
                long rate = pace.at(System.nanoTime(), done);
                // A chunk may take long where orders get new attempts, and the lease counts from its beginning.
                if (!leases.keep(file.id())) {
                    throw new IllegalStateException("import " + file.id() + " is being read by another instance");
                }
                QuarkusTransaction.requiringNew().run(() -> store(file, chunk, before, rate));
            }
        }
    }

    /** How fast it goes since this reader began. */
    private record Pace(long begun, long from) {
        long at(long now, long done) {
            return Math.round((done - from) * 1e9 / Math.max(1, now - begun));
        }
    }

    private void store(ImportView file, RowsAhead.Chunk chunk, long before, long rate) {
        imports.hold(file.id(), before);
        Iterator<Acceptance> acceptances = orders.accept(chunk.submissions()).iterator();
        List<Verdict> verdicts = chunk.rows().stream()
                .map(row -> row.no() == null ? Verdict.of(row.number(), row.line(), acceptances.next()) : row.no())
                .toList();
        rows.insert(file.id(), verdicts);
        imports.advance(file.id(), Progress.of(before, verdicts, chunk.position(), rate));
    }
}
