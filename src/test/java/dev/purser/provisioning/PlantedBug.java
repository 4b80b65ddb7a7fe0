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

    PlantedBug(String name) {
        this.name = name;
    }

    /** What must go wrong in each run for this mistake to matter; otherwise another part makes up for it in most runs. */
    Set<Faults.Kind> shownBy() {
        return Set.of();
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

    SimStore store(Simulation simulation, String process) {
        return new SimStore(simulation, process);
    }

    /** @param store the one of the same process */
    Pacing pacing(Pacing right, SimStore store) {
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
