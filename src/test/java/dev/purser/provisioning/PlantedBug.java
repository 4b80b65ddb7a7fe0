package dev.purser.provisioning;

import dev.purser.cocalc.CoCalc;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.OrderId;
import dev.purser.provisioning.SimCoCalc.Account;
import java.time.Instant;

/** A mistake that somebody could make in the engine or its store, planted to see whether the simulation sees it. */
class PlantedBug {

    static final PlantedBug NONE = new PlantedBug("none");

    private final String name;

    PlantedBug(String name) {
        this.name = name;
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
