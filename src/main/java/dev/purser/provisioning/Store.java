package dev.purser.provisioning;

/** Everything that the engine keeps, by purpose; in PostgreSQL, or wherever a simulation keeps it. */
record Store(Leases leases, Standings standings, Books books, AddIntents adds, AccountBook accounts, Bills bills) {}
