package dev.purser.reconciliation.month;

import dev.purser.kernel.PurchasingAccount;
import dev.purser.reconciliation.month.Closing.Refused;
import dev.purser.reconciliation.sql.Statements;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** Whether a month is ripe to be closed: every ledger that may have lines of it was read since, and no other month is in the way. */
final class Ripeness {

    /** A month may be closed before it ends: what was bought since the ledger was read is in flight, and what comes later counts in the open month. */
    private static final String READ_SINCE = """
            case when (?::date + interval '1 month') at time zone 'UTC' <= now()
                 then (?::date + interval '1 month') at time zone 'UTC'
                 else date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' end""";

    /** Of the configured accounts and of those that bought in the month: whoever is gone since may have lines that nobody read. */
    private static final String UNREAD = """
            select name from purchasing_account a,
                   (select d at time zone 'UTC' as begin, (d + interval '1 month') at time zone 'UTC' as ended
                      from (select ?::date::timestamp as d) day) month
             where (a.name = any (?::text[])
                    or exists (select 1 from ledger_line l where l.account_id = a.account_id
                                  and l.time >= month.begin and l.time < month.ended)
                    or exists (select 1 from orders o where o.purchasing_account = a.account_id
                                  and o.state in ('CHECKING_OUT', 'UNKNOWN', 'PURCHASED', 'PROVISIONED')
                                  and o.state_since >= month.begin and o.received_at < month.ended))
               and not exists (select 1 from ledger_known k where k.account_id = a.account_id and k.until is not null
                                  and k.known_at >= %s)
             order by name""".formatted(READ_SINCE);

    private final Statements db;
    private final LocalDate day;

    Ripeness(Statements db, YearMonth month) {
        this.db = db;
        this.day = month.atDay(1);
    }

    Optional<Refused> objection(List<PurchasingAccount> accounts) {
        String month = YearMonth.from(day).toString();
        if (holds("select ?::date > now() at time zone 'UTC'", day)) {
            return refused("not_begun", month + " has not begun yet (UTC)");
        }
        if (holds("select exists (select 1 from closed_month where month > ?)", day)) {
            return refused(
                    "later_closed",
                    "a month after " + month + " is closed, so what is lacking counts in the open month");
        }
        if (holds("""
                select exists (select 1 from ledger_line, (select max(month) + interval '1 month' as next from closed_month) c
                                where time >= c.next at time zone 'UTC' and time < ?::date::timestamp at time zone 'UTC'
                                  and ledger_line.month is null)""", day)) {
            return refused("earlier_open", "a month before " + month + " is open; close it first");
        }
        List<String> configured = accounts.stream().map(PurchasingAccount::name).toList();
        List<String> unread =
                db.list(UNREAD, row -> row.getString(1), day, configured.toArray(String[]::new), day, day);
        if (unread.isEmpty()) {
            return Optional.empty();
        }
        List<String> gone =
                unread.stream().filter(name -> !configured.contains(name)).toList();
        return refused(
                "not_read",
                "the ledger of " + String.join(", ", unread) + " was not read as a whole since " + month
                        + " ended, or in it while it lasts; "
                        + (gone.isEmpty()
                                ? "run a reconciliation first"
                                : String.join(", ", gone)
                                        + " bought here and is no longer configured: configure it again"
                                        + " and run a reconciliation"));
    }

    private static Optional<Refused> refused(String code, String message) {
        return Optional.of(new Refused(code, message, List.of()));
    }

    private boolean holds(String question, Object... values) {
        return db.first(question, row -> row.getBoolean(1), values).orElseThrow();
    }
}
