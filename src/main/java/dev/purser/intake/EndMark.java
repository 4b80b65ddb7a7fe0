package dev.purser.intake;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Text without its byte order mark and with a mark after its end. A CSV parser reads a cell whose quote is never closed silently up
 * to the end of the file; with the mark inside it such a cell gives itself away.
 */
final class EndMark extends FilterReader {

    private static final String MARK = "\uFDD0end of file\uFDD0";
    private final String rest = "\n" + MARK;
    private int given;
    private boolean begun;

    EndMark(Reader text) {
        super(text);
    }

    static boolean isEnd(String cell) {
        return cell.equals(MARK);
    }

    static boolean isCutOff(String cell) {
        return cell.endsWith("\n" + MARK);
    }

    static String without(String cell) {
        return cell.substring(0, cell.length() - MARK.length() - 1);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (!begun) {
            begun = true;
            if (in.read(buffer, offset, 1) == 1 && buffer[offset] != '\uFEFF') {
                return 1;
            }
        }
        int read = in.read(buffer, offset, length);
        if (read >= 0) {
            return read;
        }
        int count = Math.min(length, rest.length() - given);
        if (count == 0) {
            return -1;
        }
        rest.getChars(given, given + count, buffer, offset);
        given += count;
        return count;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("read in blocks");
    }
}
