package dev.purser.provisioning;

import dev.purser.cocalc.CoCalc;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.OrderId;
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

    SimStore store(Simulation simulation, String process) {
        return new SimStore(simulation, process);
    }

    void accept(SimDatabase database, OrderId id, LicenseSpec spec, Instant now) {
        database.accept(id, spec, now);
    }

    @Override
    public String toString() {
        return name;
    }
}
