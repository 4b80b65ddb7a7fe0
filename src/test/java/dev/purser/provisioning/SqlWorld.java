package dev.purser.provisioning;

import dev.purser.budget.Budget;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.Because;
import dev.purser.orders.Orders;
import dev.purser.orders.Submission;
import dev.purser.orders.Workload;
import dev.purser.provisioning.SimDatabase.Sent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The store in PostgreSQL, with two holders in one process. */
final class SqlWorld implements StoreWorld {

    private static final List<String> TABLES = List.of(
            "orders",
            "purchasing_account",
            "cart_add",
            "checkout",
            "checkout_line",
            "reservation",
            "bought_item",
            "foreign_tick",
            "item_removal");

    /** As {@link StoreWorld} lists them. */
    private static final List<String> ROWS = List.of(
            """
            select 'order', order_id, state, case when state = 'HELD' then code end, account(purchasing_account), cart_item_id, quoted_cost, approved_cost, cost,
                   license_id,
                   state in ('RESOLVED', 'HELD', 'IN_CART', 'CHECKING_OUT', 'UNKNOWN') and cancel_asked_at is not null
              from orders""",
            """
            select 'account', account(account_id), fence, holder is not null,
                   lease_until > now() + interval '45 minutes' is true, looked_at is not null,
                   cast(balance as numeric(14, 2)),
                   exists (select from pause p where p.resumed_at is null and (p.account is null or p.account = a.name))
              from purchasing_account a""",
            "select 'add', account(account_id), named(order_ref), result, words from cart_add",
            """
            select 'checkout', number(id), account(account_id), fence, state, disarmed_at is not null,
                   answered_at is not null, disarmed_at = answered_at is true, bill,
                   (select string_agg(concat_ws('/', named(l.order_ref), l.item_id, l.price), ' ' order by l.order_ref)
                      from checkout_line l where l.checkout_id = c.id)
              from checkout c""",
            """
            select 'reservation', account(account_id), named(order_ref), number(checkout_id), amount, spent,
                   released_at is not null
              from reservation""",
            "select 'bought', account(account_id), item_id, order_id, license_id from bought_item",
            "select 'tick', account(account_id), item_id, retick_at is not null from foreign_tick",
            "select 'holding', item_id, code, message, quoted from item_removal where code is not null",
            "select 'removed', greatest(0, r.item_id), o.order_id from item_removal r join orders o on o.id = r.order_ref where r.removed_at is not null");

    private final EntityManager db;
    private final Orders orders;
    private final Clock clock;
    private final Pauses pauses;
    private final OrderDesk desk;
    private final Accounts confirmed;
    private final List<Store> stores;

    SqlWorld(
            EntityManager db,
            Orders orders,
            Workload workload,
            Budget budget,
            Pauses pauses,
            Provisioner provisioner,
            Accounts confirmed,
            AccountBook accounts,
            Settings settings,
            Clock clock) {
        this.db = db;
        this.orders = orders;
        this.clock = clock;
        this.pauses = pauses;
        this.confirmed = confirmed;
        this.desk = new OrderDesk(db, orders, provisioner, confirmed, clock);
        this.stores = new ArrayList<>();
        for (int holder = 0; holder < 2; holder++) {
            SqlLeases leases = new SqlLeases(db, settings);
            stores.add(new Store(
                    leases,
                    new SqlStandings(db, workload, budget, settings),
                    new SqlBooks(db, leases, orders, clock),
                    new SqlBoughtItems(db, leases, orders, budget, settings, clock),
                    new SqlForeignTicks(db, leases),
                    new SqlAddIntents(db, leases, orders, clock),
                    new SqlCheckouts(db, leases, orders, budget, pauses, settings, clock),
                    accounts,
                    new SqlBills(db, leases, orders, budget, pauses, settings, clock)));
        }
    }

    /** A commit that is to fail does so in PostgreSQL itself, after everything was written. */
    void prepare() {
        if (isPrepared()) {
            return;
        }
        sql("create table crash (armed boolean not null)");
        sql("insert into crash values (false)");
        sql("""
                create function crash() returns trigger language plpgsql as $$
                begin
                    if (select armed from crash) then raise exception 'crash at the commit'; end if;
                    return null;
                end $$""");
        TABLES.forEach(table -> sql("create constraint trigger crash after insert or update or delete on " + table
                + " deferrable initially deferred for each row execute function crash()"));
        sql("""
                create function account(id uuid) returns text language sql as
                $$ select case when id is null then '-' else 'account' || right(cast(id as text), 1) end $$""");
        sql("""
                create function named(ref bigint) returns text language sql as
                $$ select coalesce((select order_id from orders where id = ref), '-') $$""");
        sql("""
                create function number(ref bigint) returns bigint language sql as
                $$ select case when ref is null then -1 else (select count(*) from checkout where id < ref) end $$""");
    }

    private boolean isPrepared() {
        return QuarkusTransaction.requiringNew()
                .call(() -> db.createNativeQuery("select to_regclass('crash') is not null", Boolean.class)
                        .getSingleResult()
                        .equals(true));
    }

    void empty() {
        sql("truncate orders, purchasing_account, pause, reservation cascade");
    }

    private void sql(String statement) {
        QuarkusTransaction.requiringNew()
                .run(() -> db.createNativeQuery(statement).executeUpdate());
    }

    @Override
    public Store store(int holder) {
        return stores.get(holder);
    }

    @Override
    public <T> T transaction(boolean fails, Supplier<T> work) {
        if (!fails) {
            return QuarkusTransaction.requiringNew().call(work::get);
        }
        sql("update crash set armed = true");
        try {
            return QuarkusTransaction.requiringNew().call(work::get);
        } catch (RuntimeException e) {
            if (isCrash(e)) {
                throw new Crash();
            }
            throw e;
        } finally {
            sql("update crash set armed = false");
        }
    }

    /** A transaction manager hides its reasons. */
    private static boolean isCrash(Throwable e) {
        return e != null
                && (String.valueOf(e.getMessage()).contains("crash at the commit")
                        || isCrash(e.getCause())
                        || Stream.of(e.getSuppressed()).anyMatch(SqlWorld::isCrash));
    }

    @Override
    public void accept(Sent order) {
        QuarkusTransaction.requiringNew().run(() -> {
            orders.accept(List.of(new Submission(
                    order.orderId(),
                    UUID.randomUUID(),
                    null,
                    order.campaign(),
                    null,
                    order.spec(),
                    "stores",
                    null,
                    false)));
            resolve();
        });
    }

    private void resolve() {
        db.createNativeQuery("update orders set state = 'RESOLVED' where state = 'RECEIVED'")
                .executeUpdate();
    }

    @Override
    public void expire(PurchasingAccount account) {
        sql("update purchasing_account set lease_until = now() - interval '1 second' where lease_until is not null"
                + " and account_id = '" + account.id() + "'");
    }

    @Override
    public void age(PurchasingAccount account) {
        sql("update purchasing_account set lease_until = now() + interval '30 minutes' where lease_until > now()"
                + " and account_id = '" + account.id() + "'");
    }

    @Override
    public void pause(PurchasingAccount account) {
        pauses.begin(account == null ? null : account.name(), "to look at it", "http:somebody");
    }

    @Override
    public void resume(PurchasingAccount account) {
        pauses.end(account == null ? null : account.name(), "http:somebody");
    }

    @Override
    public void bind(PurchasingAccount account) {
        store(0).accounts().bind(account);
        confirmed.confirm(account);
    }

    @Override
    public void cancel(OrderId order) {
        desk.cancel(order, "http:somebody");
    }

    @Override
    public void approve(OrderId order) {
        desk.approve(order, "http:somebody");
    }

    @Override
    public void reopen(OrderId order) {
        QuarkusTransaction.requiringNew().run(() -> {
            orders.lock(order)
                    .filter(row -> row.state().isClosedWithoutPurchase())
                    .ifPresent(row -> orders.reopen(row, new Because("tried again", "http:somebody", clock.instant())));
            db.flush();
            resolve();
        });
    }

    /** Orders whose history lacks a row, or that have ended at no time. */
    @SuppressWarnings("unchecked")
    List<String> unexplained() {
        return QuarkusTransaction.requiringNew()
                .call(() -> db.createNativeQuery("""
                        select order_id from orders o
                         where events <> (select count(*) from order_event e where e.order_ref = o.id)
                            or (completed_at is null) = (state in ('PROVISIONED', 'REJECTED', 'FAILED', 'CANCELLED'))""", String.class).getResultList());
    }

    @Override
    public String orderOf(long ref) {
        return QuarkusTransaction.requiringNew().call(() -> (String)
                db.createNativeQuery("select named(" + ref + ")", String.class).getSingleResult());
    }

    @Override
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        QuarkusTransaction.requiringNew()
                .run(() -> ROWS.forEach(query -> db.createNativeQuery(query, Object[].class)
                        .getResultList()
                        .forEach(row -> rows.add(StoreWorld.row((Object[]) row)))));
        rows.sort(null);
        return rows;
    }
}
