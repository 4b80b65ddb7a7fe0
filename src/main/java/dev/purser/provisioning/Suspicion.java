package dev.purser.provisioning;

import java.util.List;

/**
 * CoCalc refuses the whole cart for one item of it: which? Half of the suspects is quoted and paid at a time, until one is
 * refused alone, and again. What is known dies with the lease; then the search begins anew with what is left.
 *
 * @param orders one of them at least is at fault
 * @param alone the only one was refused by itself, twice
 * @param words what CoCalc said
 */
record Suspicion(List<Long> orders, boolean alone, Words words) {

    static final Suspicion NONE = new Suspicion(List.of(), false, listed(""));

    /** What CoCalc said. @param listed known to be said of an item; what is not may be about the account or the day */
    record Words(String text, boolean listed) {}

    static Words listed(String text) {
        return new Words(text, true);
    }

    static Words unlisted(String text) {
        return new Words(text, false);
    }

    /** Alone, and twice: something else may have been ticked in between the first time. */
    Suspicion refused(List<Long> refused, Words text) {
        return new Suspicion(refused, refused.size() == 1 && refused.equals(orders), text);
    }

    /** What may be paid now: everything, or the next half of the suspects while there are any. */
    List<Line> among(List<Line> inCart) {
        List<Line> suspects = suspects(inCart);
        return suspects.isEmpty() ? inCart : suspects.subList(0, (suspects.size() + 1) / 2);
    }

    /** Those that are still there: what was bought meanwhile is not at fault. */
    List<Line> suspects(List<Line> inCart) {
        return inCart.stream().filter(line -> orders.contains(line.ref())).toList();
    }
}
