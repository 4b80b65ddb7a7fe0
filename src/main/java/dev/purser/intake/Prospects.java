package dev.purser.intake;

import dev.purser.kernel.deadletter.Prospect;
import dev.purser.kernel.deadletter.Prospect.Kind;
import dev.purser.orders.Foresight;

/** What accepting an order would do, as a replay says it. */
final class Prospects {

    private Prospects() {}

    static Prospect of(Foresight foresight) {
        return foresight.fold(new Foresight.Cases<>() {
            @Override
            public Prospect fresh() {
                return new Prospect(Kind.WOULD_BUY, "The order is not known.");
            }

            @Override
            public Prospect anew(String state) {
                return new Prospect(Kind.WOULD_BUY, "The order ended as " + state + " without a purchase.");
            }

            @Override
            public Prospect bought(String state) {
                return new Prospect(Kind.ALREADY_BOUGHT, "The order is " + state + ".");
            }

            @Override
            public Prospect open(String state) {
                return new Prospect(Kind.ALREADY_OPEN, "The order is known with the same content, and " + state + ".");
            }

            @Override
            public Prospect conflict(String message) {
                return new Prospect(Kind.BLOCKED, message);
            }
        });
    }
}
