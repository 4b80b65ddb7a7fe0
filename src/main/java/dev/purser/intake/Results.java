package dev.purser.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.purser.kernel.SpreadsheetCell;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells partners what became of their files: the dropped file is read once more, and each row gets its answer. */
@ApplicationScoped
public class Results {

    private static final Logger LOG = Logger.getLogger(Results.class);
    private static final int CHUNK = 500;
    private static final int CHUNK_WEIGHT = 2_000_000;

    private final Inbox inbox;
    private final ImportLeases leases;
    private final Imports imports;
    private final ImportRows rows;
    private final OrderAnswers orders;
    private final CommandAnswers commands;

    Results(
            Inbox inbox,
            ImportLeases leases,
            Imports imports,
            ImportRows rows,
            OrderAnswers orders,
            CommandAnswers commands) {
        this.inbox = inbox;
        this.leases = leases;
        this.imports = imports;
        this.rows = rows;
        this.orders = orders;
        this.commands = commands;
    }

    private Answers answers(CsvFile csv) {
        return CsvHeader.isOfCommands(csv.header()) ? commands : orders;
    }

    /** Writes the results file as of now, in the separator of the dropped file. False when there is none: unknown, or in quarantine. */
    public boolean write(long importId, OutputStream out) {
        ImportView file = imports.find(importId).orElse(null);
        if (file == null || file.separator() == null) {
            return false;
        }
        try (LocalCopy source = inbox.find(file).orElse(null)) {
            return source != null && write(file, source, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean write(ImportView file, LocalCopy source, OutputStream out) throws IOException {
        try (CsvFile csv = CsvFile.open(source.path(), separator(file))) {
            CsvWriter writer = writer(out, file);
            int width = csv.header().size();
            writer.writeRecord(header(csv, answers(csv)));
            forEach(csv, file, () -> {}, row -> writer.writeRecord(row.cells(width)));
            writer.flush();
            return true;
        }
    }

    /** The next import whose files may be due; its lease is ours. */
    Optional<ImportView> due() {
        return leases.takeDue().flatMap(imports::find);
    }

    /** Writes the files of an import: when it was read, when every row is final, and when the ledger has told what all of them cost. */
    void writeIfNew(ImportView file) {
        boolean complete = !orders.hasOpen(file.id()) && !commands.hasOpen(file.id());
        boolean unbilled = complete && orders.hasUnbilled(file.id());
        boolean news = file.resultsAt() == null || complete && (file.state() == ImportView.State.OPEN || !unbilled);
        boolean written = news && wrote(file, complete);
        boolean told = written || !news;
        leases.looked(
                file.id(),
                new ImportLeases.Look(
                        written,
                        complete && (told || file.state() == ImportView.State.COMPLETE),
                        unbilled || file.unbilled() && !told));
    }

    /** One file whose results cannot be written must not keep the others waiting. */
    private boolean wrote(ImportView file, boolean complete) {
        try (LocalCopy source = inbox.find(file).orElse(null)) {
            if (source == null) {
                LOG.debugf("%s lies in the folder of another instance", file.fileName());
                return false;
            }
            write(file, source, complete);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warnf("the results of %s could not be written and will be tried again: %s", file.fileName(), Why.of(e));
            return false;
        }
    }

    private void write(ImportView file, LocalCopy source, boolean complete) throws IOException {
        long unread = Files.size(source.path()) - Objects.requireNonNull(file.bytes());
        if (unread > 0) {
            LOG.errorf(
                    "import %d: %s went on growing when it had been read; drop its last %d bytes again, in a file with a header",
                    file.id(), file.fileName(), unread);
        }
        try (CsvFile csv = CsvFile.open(source.path(), separator(file));
                Draft results = inbox.draftOfResults(file.baseName() + ".results.csv");
                Draft errors = inbox.draftOfResults(file.baseName() + ".errors.csv");
                Draft summary = inbox.draftOfResults(file.baseName() + ".summary.json")) {
            CsvWriter all = writer(results.out(), file);
            CsvWriter failed = writer(errors.out(), file);
            Summary counts = new Summary(answers(csv).outcomes());
            int width = csv.header().size();
            all.writeRecord(header(csv, answers(csv)));
            failed.writeRecord(csv.header().stream().map(SpreadsheetCell::safe).toList());
            forEach(csv, file, () -> keepLease(file), row -> {
                all.writeRecord(row.cells(width));
                if (row.isError()) {
                    failed.writeRecord(row.asDropped());
                }
                counts.add(row);
            });
            all.flush();
            failed.flush();
            summary.out().write(counts.json(file, complete, unread).getBytes(StandardCharsets.UTF_8));
            results.publish();
            keepLease(file);
            errors.publish();
            keepLease(file);
            // Last: whoever waits for the summary finds the others.
            summary.publish();
        }
    }

    /** What another instance has written is newer than ours. */
    private void keepLease(ImportView file) {
        if (!leases.keep(file.id())) {
            throw new IllegalStateException("another instance has taken import " + file.id() + " on");
        }
    }

    private void forEach(CsvFile csv, ImportView file, Runnable afterChunk, Consumer<ResultRow> each) {
        List<String> keys = CsvHeader.keys(csv.header());
        Answers answers = answers(csv);
        long told = 0;
        while (told < file.rows()) {
            List<CsvRow> chunk = new ArrayList<>();
            int weight = 0;
            while (chunk.size() < CHUNK && weight < CHUNK_WEIGHT && told < file.rows()) {
                CsvRow row = csv.next();
                if (row == null) {
                    throw new IllegalStateException(file.fileName() + " has become shorter since it was read");
                }
                chunk.add(row);
                weight += row.weight();
                told++;
            }
            answers.of(chunk, verdicts(file, keys, answers.key(), chunk), keys).forEach(each);
            afterChunk.run();
        }
    }

    private List<Verdict> verdicts(ImportView file, List<String> keys, String key, List<CsvRow> chunk) {
        Map<Long, Verdict> told = rows.between(
                file.id(), chunk.get(0).number(), chunk.get(chunk.size() - 1).number());
        return chunk.stream()
                .map(row -> told.getOrDefault(row.number(), Verdict.accepted(row, keys, key)))
                .toList();
    }

    private static List<String> header(CsvFile csv, Answers answers) {
        List<String> header = new ArrayList<>();
        csv.header().forEach(name -> header.add(SpreadsheetCell.safe(name)));
        header.addAll(answers.columns());
        return header;
    }

    private static char separator(ImportView file) {
        return Objects.requireNonNull(file.separator()).charAt(0);
    }

    private static CsvWriter writer(OutputStream out, ImportView file) {
        return CsvWriter.builder()
                .fieldSeparator(separator(file))
                .lineDelimiter(LineDelimiter.LF)
                .build(new BufferedOutputStream(out), StandardCharsets.UTF_8);
    }
}
