package dev.purser.kernel.bulk;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by COPY, the fastest way that PostgreSQL has: in its text format, cell by cell. They arrive in
 * the connection's transaction, in this order; PostgreSQL works on the first while the next are written. Without {@link #arrive}
 * none does.
 */
public final class CopyRows implements AutoCloseable {

    private static final String NULL = "\\N";
    private static final int PORTION = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder text = new StringBuilder(PORTION + PORTION / 8);
    private boolean begun;

    /** @param into the table and its columns: {@code outbox (type, key)} */
    public CopyRows(Connection connection, String into) throws SQLException {
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + into + " from stdin");
    }

    /** The next cell of the row; without NUL, which PostgreSQL's text has not. */
    public CopyRows with(@Nullable Object cell) {
        if (begun) {
            text.append('\t');
        }
        begun = true;
        if (cell == null) {
            text.append(NULL);
        } else {
            append(cell.toString());
        }
        return this;
    }

    public void end() throws SQLException {
        text.append('\n');
        begun = false;
        if (text.length() >= PORTION) {
            send();
        }
    }

    private void append(String cell) {
        int plain = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c <= '\r' || c == '\\') {
                String escaped = escaped(c);
                if (escaped != null) {
                    text.append(cell, plain, i).append(escaped);
                    plain = i + 1;
                }
            }
        }
        text.append(cell, plain, cell.length());
    }

    private static @Nullable String escaped(char c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> null;
        };
    }

    private void send() throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    /** All rows, or the error of the first that cannot. */
    public void arrive() throws SQLException {
        send();
        copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
