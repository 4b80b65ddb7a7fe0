package dev.purser.provisioning;

import dev.purser.cocalc.CoCalc;
import dev.purser.kernel.Money;
import dev.purser.provisioning.SimCoCalc.Account;
import java.time.Instant;
import java.util.Set;

/** A mistake that somebody could make in the engine or its store, planted to see whether the simulation sees it. */
class PlantedBug {

    static final PlantedBug NONE = new PlantedBug("none");

    private final String name;
    private final Set<Faults.Kind> shownBy;

    /** @param shownBy what must go wrong in each run for this mistake to matter; otherwise another part makes up for it in most runs */
    PlantedBug(String name, Faults.Kind... shownBy) {
        this.name = name;
        this.shownBy = Set.of(shownBy);
    }

    Set<Faults.Kind> shownBy() {
        return shownBy;
    }

    Settings settings(Settings right) {
        return right;
    }

    CoCalc cocalc(SimDoor door, Account account) {
        return door.new Client(account);
    }

    Simulation.Limits limits(Simulation.Limits right) {
        return right;
    }

    /** Whether it only matters where several accounts race for the last dollars of a campaign. */
    boolean isOfTheEdge() {
        return false;
    }

    SimTransactions transactions(Simulation simulation, String process) {
        return new SimTransactions(simulation, process);
    }

    /** Of the process whose transactions these are. */
    final Store store(SimTransactions tx) {
        SimBudget budget = budget(tx);
        return new Store(
                leases(tx),
                standings(tx, budget),
                books(tx),
                bought(tx, budget),
                new SimForeignTicks(tx),
                adds(tx),
                checkouts(tx, budget),
                new SimAccountBook(tx),
                new SimBills(tx));
    }

    Leases leases(SimTransactions tx) {
        return new SimLeases(tx);
    }

    SimBudget budget(SimTransactions tx) {
        return new SimBudget(tx);
    }

    Standings standings(SimTransactions tx, SimBudget budget) {
        return new SimStandings(tx, budget);
    }

    Books books(SimTransactions tx) {
        return new SimBooks(tx);
    }

    BoughtItems bought(SimTransactions tx, SimBudget budget) {
        return new SimBoughtItems(tx, budget);
    }

    AddIntents adds(SimTransactions tx) {
        return new SimAddIntents(tx);
    }

    Checkouts checkouts(SimTransactions tx, SimBudget budget) {
        return new SimCheckouts(tx, budget);
    }

    Pacing pacing(Pacing right, SimTransactions tx) {
        return right;
    }

    void accept(SimDatabase database, SimDatabase.Sent sent, Instant now) {
        database.accept(sent, now);
    }

    /** What an approval at this price lets pass. */
    Money approved(Money quoted) {
        return quoted;
    }

    @Override
    public String toString() {
        return name;
    }
}
