package dev.purser.reconciliation.ledger;

import java.util.LinkedHashSet;
import java.util.Set;

/** Which lines were on the last pages: many enough for what arrives while the throttle lets nobody ask, few enough for the heap. */
final class Recent {

    static final int MOST = 50_000;

    private final Set<Long> ids = new LinkedHashSet<>();

    /** @return whether it is new */
    boolean add(long id) {
        boolean fresh = ids.add(id);
        if (ids.size() > MOST) {
            ids.remove(ids.iterator().next());
        }
        return fresh;
    }

    void clear() {
        ids.clear();
    }
}
