package dev.purser.intake;

import dev.purser.intake.RowCheck.CheckedRow;
import dev.purser.orders.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads and checks the rows of one file, one chunk ahead of whoever stores them. */
final class RowsAhead implements AutoCloseable {

    /** So many that the database's work on each row decides, and so few that two chunks fit into a small heap. */
    private static final int CHUNK_ROWS = 10_000;
    /** Rows with huge cells travel in smaller company. In characters. */
    private static final int CHUNK_WEIGHT = 8_000_000;

    private final CsvFile csv;
    private final RowCheck check;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "purser-csv-ahead"));
    private Future<Chunk> next;

    /** @param skip how many rows were stored before */
    RowsAhead(CsvFile csv, RowCheck check, long skip) {
        this.csv = csv;
        this.check = check;
        this.next = reader.submit(() -> {
            for (long row = 0; row < skip; row++) {
                csv.next();
            }
            return read();
        });
    }

    /** @param position how much of the file was read with it, in bytes */
    record Chunk(List<CheckedRow> rows, long position) {

        List<Submission> submissions() {
            return rows.stream()
                    .map(CheckedRow::submission)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    /** Empty at the end of the file. */
    Chunk next() {
        try {
            Chunk chunk = next.get();
            next = reader.submit(this::read);
            return chunk;
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the rows were read");
        }
    }

    private Chunk read() {
        List<CheckedRow> chunk = new ArrayList<>();
        int weight = 0;
        while (chunk.size() < CHUNK_ROWS && weight < CHUNK_WEIGHT) {
            CsvRow row = csv.next();
            if (row == null) {
                break;
            }
            chunk.add(check.of(row));
            weight += row.weight();
        }
        return new Chunk(chunk, csv.position());
    }

    /** Waits for the reader, which must not read from a file that is closed. */
    @Override
    public void close() {
        reader.shutdown();
        try {
            next.get();
        } catch (ExecutionException | CancellationException nobodyWantsIt) {
            // The one before told, or nobody reads on.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
