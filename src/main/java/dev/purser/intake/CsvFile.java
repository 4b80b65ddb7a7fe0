package dev.purser.intake;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.purser.intake.CsvRow.Flaw;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CSV file (RFC 4180, UTF-8 with or without BOM), read record by record. A record that is damaged is still a row, with its flaw. */
final class CsvFile implements AutoCloseable {

    static final int LONGEST_CELL = 64 * 1024;
    /** A longer cell spoils its row all the same, and what it has beyond this is not carried to the results. */
    private static final int LONGEST_KEPT_CELL = 12 * 1024 * 1024;
    /** Only a cell of nothing but quotes gets there; then the parser gives up on the file's remainder. */
    private static final int LONGEST_READABLE_CELL = 16 * 1024 * 1024;

    private static final int MOST_CELLS = 10_000;

    private final Counted bytes;
    private final CsvReader<List<String>> reader;
    private final Records records = new Records();
    private final Iterator<List<String>> iterator;
    private final List<String> header;
    private long number;
    private boolean ended;

    private CsvFile(Reader text, char separator, Counted bytes) {
        this.bytes = bytes;
        this.reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .skipEmptyLines(true)
                .maxBufferSize(LONGEST_READABLE_CELL)
                .build(records, text);
        this.iterator = reader.iterator();
        this.header = first();
    }

    private List<String> first() {
        try {
            List<String> cells = advance();
            return cells == null ? List.of() : cells;
        } catch (CsvParseException tooLong) {
            ended = true;
            return List.of();
        }
    }

    static CsvFile open(Path file, char separator) throws IOException {
        Counted bytes = new Counted(Files.newInputStream(file));
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8);
        return new CsvFile(new EndMark(new CellLimit(text, separator, LONGEST_KEPT_CELL)), separator, bytes);
    }

    /** How much of the file was read, in bytes; the parser is a little ahead of its rows. */
    long position() {
        return bytes.count();
    }

    /** The first record as it was written; empty for an empty file. */
    List<String> header() {
        return header;
    }

    /** The next row, or null at the end. */
    @Nullable
    CsvRow next() {
        if (ended) {
            return null;
        }
        List<String> cells;
        try {
            cells = advance();
        } catch (CsvParseException tooLong) {
            ended = true;
            return row(List.of(), unreadable());
        }
        if (cells == null) {
            return null;
        }
        String last = cells.get(cells.size() - 1);
        if (EndMark.isCutOff(last)) {
            ended = true;
            List<String> whole = new ArrayList<>(cells);
            whole.set(cells.size() - 1, EndMark.without(last));
            return row(whole, new Flaw("truncated", "the file ends inside a quoted cell; the row is truncated"));
        }
        return row(cells, flaw(cells));
    }

    private CsvRow row(List<String> cells, @Nullable Flaw flaw) {
        number++;
        return new CsvRow(number, records.line, cells, flaw);
    }

    private @Nullable List<String> advance() {
        if (ended || !iterator.hasNext()) {
            return null;
        }
        List<String> cells = iterator.next();
        if (cells.size() == 1 && EndMark.isEnd(cells.get(0))) {
            ended = true;
            return null;
        }
        return cells;
    }

    private @Nullable Flaw flaw(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).length() > LONGEST_CELL) {
                String name = i < header.size() ? header.get(i) : "cell " + (i + 1);
                return new Flaw("cell_too_long", name + ": must have at most " + LONGEST_CELL + " characters");
            }
        }
        return cells.size() == header.size()
                ? null
                : new Flaw("cells", "the row has " + cells.size() + " cells, the header " + header.size());
    }

    private static Flaw unreadable() {
        return new Flaw(
                "unreadable",
                "a cell is longer than " + LONGEST_READABLE_CELL
                        + " characters, perhaps for want of a closing quote; nothing after this line was read");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Collects the cells of one record; what a record has beyond {@link #MOST_CELLS} is dropped, it is no order anyway. */
    private static final class Records extends AbstractBaseCsvCallbackHandler<List<String>> {
        private List<String> cells = new ArrayList<>();
        private long line;

        @Override
        protected void handleBegin(long startingLine) {
            line = startingLine;
            cells = new ArrayList<>(cells.size());
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index < MOST_CELLS) {
                cells.add(new String(buffer, offset, length));
            }
        }

        @Override
        protected List<String> buildRecord() {
            return cells;
        }
    }
}
