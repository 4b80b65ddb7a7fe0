package dev.purser.provisioning;

import jakarta.enterprise.context.Dependent;

/** Everything that the engine keeps, by purpose; in PostgreSQL, or wherever a simulation keeps it. */
@Dependent
record Store(
        Leases leases,
        Standings standings,
        Books books,
        BoughtItems bought,
        ForeignTicks ticks,
        AddIntents adds,
        Checkouts checkouts,
        AccountBook accounts,
        Bills bills) {}
