package dev.purser.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The parts of one sandbox, put together. */
record World(
        Tables tables,
        Tally tally,
        Throttle throttle,
        Faults faults,
        Pace pace,
        Accounts accounts,
        Carts carts,
        Ledger ledger,
        Purchases purchases,
        Sales sales,
        Checkout checkout,
        Licenses licenses,
        Subscriptions subscriptions,
        UserQuery userQuery,
        Projects projects) {

    static World open(Clock clock, @Nullable Path stateFile) {
        Tables tables = new Tables(clock, stateFile);
        Tally tally = new Tally();
        Throttle throttle = new Throttle(clock, tally);
        Accounts accounts = new Accounts(tables);
        Carts carts = new Carts(tables, throttle);
        Ledger ledger = new Ledger(tables);
        Sales sales = new Sales(tables, ledger);
        Licenses licenses = new Licenses(tables);
        return new World(
                tables,
                tally,
                throttle,
                new Faults(),
                new Pace(),
                accounts,
                carts,
                ledger,
                new Purchases(tables, throttle, ledger),
                sales,
                new Checkout(tables, carts, ledger, sales),
                licenses,
                new Subscriptions(tables),
                new UserQuery(tables, accounts, ledger, licenses),
                new Projects(tables));
    }

    void empty() {
        tables.clear();
        ledger.forgetSums();
        tally.clear();
        faults.clear();
        throttle.change(Json.object());
        pace.change(Json.object().put("millis", 0).put("checkout_millis", Pace.CHECKOUT_MILLIS));
    }
}
