package dev.purser.reconciliation.ledger;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalc.License;
import dev.purser.cocalc.CoCalc.Subscription;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.OrderToken;
import dev.purser.reconciliation.ledger.LedgerPull.Broken;
import dev.purser.reconciliation.sql.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The licenses that an account manages and what renews itself. Neither is throttled. */
final class LicensePull {

    private static final int PAGE = 1_000;
    private static final int OVERLAP = 100;
    private static final int MOST_SUBSCRIPTIONS = 100_000;

    /** Asked for one by one; more of them than that, and the list was no list. */
    private static final int MOST_ASKED = 5_000;

    private static final Duration A_PORTION = Duration.ofMinutes(1);

    private static final String PUT = """
            insert into managed_license (account_id, license_id, created, buyer, order_id, seen_run)
            select ?, t.*, ? from unnest(?::uuid[], ?::timestamptz[], ?::uuid[], ?::text[]) as t
                on conflict (account_id, license_id) do update
               set created = excluded.created, buyer = excluded.buyer, order_id = excluded.order_id, seen_run = excluded.seen_run""";

    private static final String MISSING = """
            select distinct l.license_id from ledger_line l
             where l.account_id = ? and l.license_id is not null and l.service = 'license'
               and (l.month is null or exists (select 1 from discrepancy d where d.closed_at is null and d.finding = 'BILLED_NO_LICENSE'
                                                  and d.account_id = l.account_id and d.purchase_id = l.id))
               and not exists (select 1 from managed_license m where m.account_id = l.account_id
                                  and m.license_id = l.license_id and m.seen_run = ?)
             limit ?""";

    private final Work work;
    private final CoCalc cocalc;
    private final UUID account;
    private final String instance;
    private final long run;

    LicensePull(Work work, CoCalc cocalc, UUID account, String instance, long run) {
        this.work = work;
        this.cocalc = cocalc;
        this.account = account;
        this.instance = instance;
        this.run = run;
    }

    /** @return what cannot be proven, because this CoCalc does not serve it */
    Optional<String> licenses(Runnable signOfLife) throws Broken {
        Set<UUID> before = Set.of();
        int skip = 0;
        while (true) {
            Answer<List<License>> answer = cocalc.managedLicenses(PAGE, skip);
            if (answer instanceof Answer.Refused<List<License>> no && no.refusal() == Refusal.NOT_SERVED) {
                return Optional.of("this CoCalc does not list managed licenses");
            }
            if (!(answer instanceof Answer.Done<List<License>> done)) {
                throw new Broken("CoCalc did not list the managed licenses: " + answer.summary());
            }
            List<License> page = done.value();
            Set<UUID> ids = new HashSet<>();
            page.forEach(license -> ids.add(license.id()));
            if (skip > 0 && ids.stream().noneMatch(before::contains)) {
                throw new Broken(
                        "the pages of managed licenses do not meet: an empty answer can mean a key that counts no more");
            }
            put(page);
            if (page.size() < PAGE) {
                return Optional.empty();
            }
            before = ids;
            skip += PAGE - OVERLAP;
            signOfLife.run();
        }
    }

    /** Licenses of the bill that were not among them: handed over wholly, or made after the list was told. */
    void missing() throws Broken {
        List<UUID> missing = work.call(
                A_PORTION, db -> db.list(MISSING, row -> row.getObject(1, UUID.class), account, run, MOST_ASKED));
        if (missing.size() == MOST_ASKED) {
            throw new Broken("the list of managed licenses lacks thousands of those that were billed");
        }
        List<License> found = new ArrayList<>();
        for (UUID id : missing) {
            Answer<License> answer = cocalc.license(id);
            if (answer instanceof Answer.Done<License> done) {
                found.add(done.value());
            } else if (!(answer instanceof Answer.Refused<License> no) || no.refusal() != Refusal.NOT_FOUND) {
                throw new Broken("CoCalc did not tell whether license " + id + " exists: " + answer.summary());
            }
        }
        put(found);
    }

    private void put(List<License> page) {
        List<License> unique =
                page.stream().collect(Collectors.toMap(License::id, each -> each, (one, same) -> one)).values().stream()
                        .toList();
        work.run(
                A_PORTION,
                db -> db.update(
                        PUT,
                        account,
                        run,
                        texts(unique, license -> license.id().toString()),
                        texts(unique, LicensePull::created),
                        texts(
                                unique,
                                license -> text(license.raw()
                                        .path("info")
                                        .path("purchased")
                                        .path("account_id")
                                        .textValue())),
                        texts(unique, this::orderId)));
    }

    private interface Text {
        @Nullable
        String of(License license);
    }

    private static @Nullable String[] texts(List<License> licenses, Text text) {
        return licenses.stream().map(text::of).toArray(String[]::new);
    }

    private static @Nullable String created(License license) {
        return license.raw().path("created").isIntegralNumber()
                ? Instant.ofEpochMilli(license.raw().path("created").longValue())
                        .toString()
                : null;
    }

    private static @Nullable String text(@Nullable String uuid) {
        try {
            return uuid == null ? null : UUID.fromString(uuid).toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable String orderId(License license) {
        return OrderToken.find(license.description())
                .filter(token -> token.instance().equals(instance))
                .map(token -> token.orderId().value())
                .orElse(null);
    }

    /** @return why they are not known now; nothing is concluded from them, so that is no reason to stop */
    Optional<String> subscriptions() {
        Answer<List<Subscription>> answer = cocalc.subscriptions(MOST_SUBSCRIPTIONS);
        if (!(answer instanceof Answer.Done<List<Subscription>> done)) {
            return Optional.of("subscriptions are not known: " + answer.summary());
        }
        List<Subscription> all = done.value();
        work.run(A_PORTION, db -> {
            db.update("delete from subscription where account_id = ?", account);
            db.update(
                    """
                    insert into subscription (account_id, id, license_id, status, every, cost, paid_until)
                    select ?, t.* from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::numeric[], ?::timestamptz[]) as t""",
                    account,
                    all.stream().map(each -> "" + each.id()).toArray(String[]::new),
                    all.stream()
                            .map(each -> each.licenseId() == null
                                    ? null
                                    : each.licenseId().toString())
                            .toArray(String[]::new),
                    all.stream().map(Subscription::status).toArray(String[]::new),
                    all.stream().map(Subscription::interval).toArray(String[]::new),
                    all.stream().map(each -> each.cost().toPlainString()).toArray(String[]::new),
                    all.stream().map(each -> each.paidUntil().toString()).toArray(String[]::new));
            db.update(
                    "insert into ledger_known (account_id, subscriptions_at) values (?, now())"
                            + " on conflict (account_id) do update set subscriptions_at = now()",
                    account);
        });
        return Optional.empty();
    }
}
