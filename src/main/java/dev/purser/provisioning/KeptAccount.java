package dev.purser.provisioning;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the database keeps of a purchasing account, read where no Purser runs.
 *
 * @param pauseReason why it buys nothing, or null
 * @param additionsLeft those that CoCalc still takes in this minute and this hour; null where it sets no limit
 */
public record KeptAccount(
        UUID accountId,
        @Nullable String pauseReason,
        @Nullable Left additionsLeft) {

    public record Left(int inMinute, int inHour) {}

    private static final String ADDITIONS = """
            select coalesce(counted_at, sent_at + interval '15 seconds') from cart_add
             where account_id = ? and sent_at > now() - interval '61 minutes' and (result is null or result <> 'NOT_SENT')
             order by 1""";

    /** @param name as it is configured; @param throttle as {@code PURSER_THROTTLE} has it */
    public static Optional<KeptAccount> find(Connection database, String name, String throttle) throws SQLException {
        try (PreparedStatement query = database.prepareStatement("""
                select account_id, now(),
                       (select reason from pause where resumed_at is null and (account is null or account = ?)
                         order by account nulls last limit 1)
                  from purchasing_account where name = ?""")) {
            query.setString(1, name);
            query.setString(2, name);
            ResultSet row = query.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            UUID account = row.getObject(1, UUID.class);
            Instant now = row.getObject(2, OffsetDateTime.class).toInstant();
            return Optional.of(
                    new KeptAccount(account, row.getString(3), left(database, account, now, Throttle.parse(throttle))));
        }
    }

    private static @Nullable Left left(Connection database, UUID account, Instant now, Throttle throttle)
            throws SQLException {
        if (!throttle.on()) {
            return null;
        }
        List<Instant> counted = new ArrayList<>();
        try (PreparedStatement query = database.prepareStatement(ADDITIONS)) {
            query.setObject(1, account);
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                counted.add(rows.getObject(1, OffsetDateTime.class).toInstant());
            }
        }
        return new Left(throttle.leftInMinute(counted, now), throttle.leftInHour(counted, now));
    }
}
