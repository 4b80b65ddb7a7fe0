package dev.purser.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes on their way into a parser, counted. */
final class Counted extends FilterInputStream {

    private volatile long count;

    Counted(InputStream in) {
        super(in);
    }

    /** What was taken so far; a parser is ahead of its caller by its buffer. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        count += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count += Math.max(read, 0);
        return read;
    }
}
