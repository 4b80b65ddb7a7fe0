package dev.purser.intake;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * CSV text whose endless cells end: what a cell has beyond a limit is left out. So a cell that a parser could not hold spoils its
 * own row only, and the rows after it are read.
 */
final class CellLimit extends FilterReader {

    private enum Place {
        BEFORE_CELL,
        IN_PLAIN,
        IN_QUOTES,
        /** Which either closed the cell or is the first of two that mean one. */
        AFTER_QUOTE
    }

    private final char separator;
    private final int limit;
    private Place place = Place.BEFORE_CELL;
    private int length;

    CellLimit(Reader text, char separator, int limit) {
        super(text);
        this.separator = separator;
        this.limit = limit;
    }

    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
        int read;
        int kept = 0;
        do {
            read = in.read(buffer, offset, count);
            for (int i = offset; i < offset + read; i++) {
                if (keeps(buffer[i])) {
                    buffer[offset + kept++] = buffer[i];
                }
            }
        } while (read > 0 && kept == 0);
        return read < 0 ? -1 : kept;
    }

    private boolean keeps(char c) {
        boolean ends = c == separator || c == '\n' || c == '\r';
        switch (place) {
            case BEFORE_CELL -> {
                length = ends || c == '"' ? 0 : 1;
                place = c == '"' ? Place.IN_QUOTES : ends ? Place.BEFORE_CELL : Place.IN_PLAIN;
                return true;
            }
            case IN_PLAIN -> {
                place = ends ? Place.BEFORE_CELL : Place.IN_PLAIN;
                return ends || ++length <= limit;
            }
            case IN_QUOTES -> {
                place = c == '"' ? Place.AFTER_QUOTE : Place.IN_QUOTES;
                return c == '"' || ++length <= limit;
            }
            default -> {
                place = c == '"' ? Place.IN_QUOTES : ends ? Place.BEFORE_CELL : Place.IN_PLAIN;
                return true;
            }
        }
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("read in blocks");
    }
}
