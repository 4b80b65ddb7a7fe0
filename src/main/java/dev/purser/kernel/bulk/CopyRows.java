package dev.purser.kernel.bulk;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows on their way into a table by COPY, the fastest way that PostgreSQL has: in its text format, cell by cell. They arrive in
 * the connection's transaction, in this order.
 */
public final class CopyRows {

    private static final String NULL = "\\N";

    private final String into;
    private final StringBuilder text = new StringBuilder();
    private boolean begun;

    /** @param into the table and its columns: {@code outbox (type, key)} */
    public CopyRows(String into) {
        this.into = into;
    }

    /** The next cell of the row. */
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

    public void end() {
        text.append('\n');
        begun = false;
    }

    private void append(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
    }

    public void send(Connection connection) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + into + " from stdin", new StringReader(text.toString()), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
