package dev.purser.reconciliation;

import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.Money;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.Settlement.Proven;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Orders that the ledger proves bought while we do not know it: UNKNOWN ones at once, others when the engine has had the grace
 * time to see it for itself. Nothing is taken back: an order that is not in the ledger is the engine's to decide.
 */
final class Healing {

    private static final Logger LOG = Logger.getLogger(Healing.class);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int PORTION = 200;

    private static final String PROVEN = """
            select distinct on (found.ref) found.ref, l.id, l.time, l.cents, l.item_id, l.license_id
              from (select o.id as ref, o.state, l.account_id, l.id from orders o
                      join ledger_line l on l.account_id = o.purchasing_account and l.item_id = o.cart_item_id
                     where o.state in ('RECEIVED', 'RESOLVED', 'HELD', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN')
                    union all
                    select o.id, o.state, l.account_id, l.id from orders o join ledger_line l on l.order_id = o.order_id
                     where o.state in ('RECEIVED', 'RESOLVED', 'HELD', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN')) found
              join ledger_line l on l.account_id = found.account_id and l.id = found.id
             where l.account_id = ? and l.service = 'license' and l.cents >= 0 and l.item_id is not null and l.license_id is not null
               and (found.state = 'UNKNOWN' or l.time < now() - make_interval(secs => ?))
               and not exists (select 1 from orders x where x.license_id = l.license_id)
               and not exists (select 1 from orders x where x.purchasing_account = l.account_id
                                  and x.cart_item_id = l.item_id and x.id <> found.ref)
             order by found.ref, l.time, l.id""";

    private final Work work;
    private final Door door;
    private final Duration grace;

    /** The engine's own. */
    interface Door {
        int settle(PurchasingAccount account, List<Proven> purchases);
    }

    Healing(Work work, Door door, Duration grace) {
        this.work = work;
        this.door = door;
        this.grace = grace;
    }

    void heal(PurchasingAccount account) {
        List<Proven> proven =
                work.call(LONG, db -> db.list(PROVEN, Healing::proven, account.id(), (double) grace.toSeconds()));
        int settled = 0;
        for (int from = 0; from < proven.size(); from += PORTION) {
            settled += door.settle(
                    account, new ArrayList<>(proven.subList(from, Math.min(proven.size(), from + PORTION))));
        }
        if (settled > 0) {
            LOG.warnf("%s: %d orders were bought by the word of the ledger, and are settled", account.name(), settled);
        }
    }

    private static Proven proven(ResultSet row) throws SQLException {
        return new Proven(
                row.getLong("ref"),
                new LedgerLine(
                        row.getLong("id"),
                        Objects.requireNonNull(Statements.instant(row, "time")),
                        Money.ofCents(row.getLong("cents")),
                        row.getLong("item_id"),
                        row.getObject("license_id", UUID.class),
                        null));
    }
}
