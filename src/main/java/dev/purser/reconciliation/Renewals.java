package dev.purser.reconciliation;

import dev.purser.reconciliation.Renewal.Watch;
import dev.purser.reconciliation.sql.Statements;
import dev.purser.reconciliation.sql.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** What renews itself because an order of ours began it. */
@ApplicationScoped
public class Renewals {

    /** A renewal is tried five days before the paid time ends, and then once for each period. */
    private static final String ACTIVE = """
            select o.order_id, o.campaign, p.name, s.id, s.license_id, s.every, s.cost, s.paid_until,
                   s.cost * (select count(*) from generate_series(0, 3) n
                              where s.paid_until - interval '5 days' + n * ('1 ' || s.every)::interval
                                    < now() + interval '30 days') as in30,
                   s.cost * (select count(*) from generate_series(0, 3) n
                              where s.paid_until - interval '5 days' + n * ('1 ' || s.every)::interval
                                    < now() + interval '90 days') as in90
              from subscription s join orders o on o.license_id = s.license_id
              join purchasing_account p on p.account_id = s.account_id
             where s.status = 'active'
             order by s.paid_until, s.id""";

    private final Work work;

    Renewals(Work work) {
        this.work = work;
    }

    public Watch watch() {
        return work.soon(db -> {
            List<Renewal> renewals = db.list(ACTIVE, Renewals::renewal);
            return new Watch(
                    db.first(
                                    "select max(subscriptions_at) as at from ledger_known having max(subscriptions_at) is not null",
                                    row -> Objects.requireNonNull(Statements.instant(row, "at")))
                            .orElse(null),
                    sum(renewals, Renewal::in30Days),
                    sum(renewals, Renewal::in90Days),
                    renewals);
        });
    }

    private static BigDecimal sum(List<Renewal> renewals, Function<Renewal, BigDecimal> of) {
        return renewals.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Renewal renewal(ResultSet row) throws SQLException {
        Instant next = Objects.requireNonNull(Statements.instant(row, "paid_until"));
        return new Renewal(
                row.getString("order_id"),
                row.getString("campaign"),
                row.getString("name"),
                row.getLong("id"),
                row.getObject("license_id", UUID.class),
                row.getString("every"),
                row.getBigDecimal("cost"),
                next,
                row.getBigDecimal("in30"),
                row.getBigDecimal("in90"));
    }
}
