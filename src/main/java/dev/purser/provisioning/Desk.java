package dev.purser.provisioning;

import dev.purser.cocalc.CoCalc;

/** What a cashier works with. @param signOfLife renews the lease when it is due */
record Desk(
        CoCalc cocalc,
        Store store,
        Accounts accounts,
        Settings settings,
        Pacing pacing,
        Trouble trouble,
        Runnable signOfLife) {

    Desk withSignOfLife(Runnable renewal) {
        return new Desk(cocalc, store, accounts, settings, pacing, trouble, renewal);
    }
}
