package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/** The faults in waiting, in the order they were asked for. A call is struck by every bending one and by one other. */
final class Faults {
    private final List<Fault> waiting = new ArrayList<>();

    /** What strikes one call. */
    record Struck(Bent bent, @Nullable Fault onTheWire) {}

    synchronized void add(Fault fault) {
        waiting.add(fault);
    }

    synchronized int clear() {
        int cleared = waiting.size();
        waiting.clear();
        return cleared;
    }

    synchronized Struck strike(String endpoint, @Nullable String caller) {
        List<Fault> bending = new ArrayList<>();
        Fault onTheWire = null;
        for (ListIterator<Fault> faults = waiting.listIterator(); faults.hasNext(); ) {
            Fault fault = faults.next();
            if (!fault.strikes(endpoint, caller) || !fault.kind().bends() && onTheWire != null) {
                continue;
            }
            if (fault.kind().bends()) {
                bending.add(fault);
            } else {
                onTheWire = fault;
            }
            Fault struck = fault.struck();
            if (struck.isSpent()) {
                faults.remove();
            } else {
                faults.set(struck);
            }
        }
        return new Struck(bending.isEmpty() ? Bent.NOT : new Bent(bending), onTheWire);
    }

    synchronized JsonNode list() {
        ArrayNode list = Json.array();
        waiting.forEach(fault -> list.add(fault.toJson()));
        return list;
    }
}
