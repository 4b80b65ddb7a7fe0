package dev.purser.provisioning;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CoCalc refuses the whole cart for one item of it: which? Half of the suspects is quoted and paid at a time, until one is
 * refused alone, and again. What is known dies with the lease; then the search begins anew with what is left.
 *
 * @param orders one of them at least is at fault
 * @param alone the only one was refused by itself, twice
 * @param words what CoCalc said
 * @param refusedAlone all that were refused by themselves, twice, and have not passed since
 * @param othersPass meanwhile others were not refused: it is not the account or the day
 */
record Suspicion(List<Long> orders, boolean alone, Words words, boolean othersPass, Set<Long> refusedAlone) {

    static final Suspicion NONE = new Suspicion(List.of(), false, listed(""), false, Set.of());

    /**
     * What CoCalc said.
     *
     * @param listed known to be said of an item; what is not may be about the account or the day
     * @param paying said to a checkout, and not to a question for the price
     */
    record Words(String text, boolean listed, boolean paying) {}

    static Words listed(String text) {
        return new Words(text, true, false);
    }

    static Words unlisted(String text, boolean paying) {
        return new Words(text, false, paying);
    }

    /** Alone, and twice: something else may have been ticked in between the first time. */
    Suspicion refused(List<Long> refused, Words text) {
        boolean twiceAlone = refused.size() == 1 && refused.equals(orders);
        Set<Long> byThemselves = new HashSet<>(refusedAlone);
        if (twiceAlone) {
            byThemselves.addAll(refused);
        }
        return new Suspicion(
                refused, twiceAlone, text, othersPass && orders.containsAll(refused), Set.copyOf(byThemselves));
    }

    /** These were quoted, or paid. */
    Suspicion passed(List<Long> passed, boolean paid) {
        if (orders.isEmpty() || words.paying() && !paid) {
            return this;
        }
        Set<Long> stillRefused = new HashSet<>(refusedAlone);
        passed.forEach(stillRefused::remove);
        return new Suspicion(orders, alone, words, othersPass || !passed.containsAll(orders), Set.copyOf(stillRefused));
    }

    /** The search comes closer: fewer are suspected than before. */
    boolean isNarrowedBy(List<Long> refused) {
        return refused.size() < orders.size() && orders.containsAll(refused);
    }

    /** The culprit is found. */
    boolean isFound() {
        return alone && (words.listed() || othersPass);
    }

    /** Alone, in words that may be about everybody: whether others pass is to be seen. */
    private boolean isOpen() {
        return alone && !isFound();
    }

    /** More may be added to the cart: nothing is searched, or others are wanted. */
    boolean letsAdd(List<Line> inCart) {
        return suspects(inCart).isEmpty() || isOpen();
    }

    /** What may be paid now: everything, or the next half of the suspects while there are any. */
    List<Line> among(List<Line> inCart) {
        List<Line> suspects = suspects(inCart);
        if (suspects.isEmpty()) {
            return inCart;
        }
        List<Line> others = inCart.stream()
                .filter(line -> !refusedAlone.contains(line.ref()))
                .toList();
        return isOpen() && !others.isEmpty() ? others : suspects.subList(0, (suspects.size() + 1) / 2);
    }

    /** How many are in the cart and not to be paid for now. */
    long waiting(List<Line> inCart) {
        return inCart.stream().filter(line -> refusedAlone.contains(line.ref())).count();
    }

    /** Those that are still there: what was bought meanwhile is not at fault. */
    List<Line> suspects(List<Line> inCart) {
        return inCart.stream().filter(line -> orders.contains(line.ref())).toList();
    }
}
