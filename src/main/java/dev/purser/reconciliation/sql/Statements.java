package dev.purser.reconciliation.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** SQL on one connection, within a transaction that somebody else ends. */
public final class Statements {

    private static final int FETCH = 2_000;

    private final Connection connection;

    public Statements(Connection connection) {
        this.connection = connection;
    }

    public interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    public Connection connection() {
        return connection;
    }

    /** @return how many rows changed */
    public long update(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeLargeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values) {
        List<T> list = new ArrayList<>();
        each(sql, mapper, list::add, values);
        return list;
    }

    public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values) {
        return list(sql, mapper, values).stream().findFirst();
    }

    /** However many: they are fetched in portions. */
    public <T> void each(String sql, Mapper<T> mapper, Consumer<T> consumer, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    consumer.accept(mapper.of(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (value instanceof Object[] array) {
                statement.setArray(i + 1, connection.createArrayOf(array instanceof Long[] ? "bigint" : "text", array));
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    public static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
