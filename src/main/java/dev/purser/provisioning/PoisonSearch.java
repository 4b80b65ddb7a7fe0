package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.Refusal;
import java.util.List;
import org.jboss.logging.Logger;

/** Notes who is suspected, and who passed, while the one item is searched for which CoCalc refuses the whole cart. */
final class PoisonSearch {

    private static final Logger LOG = Logger.getLogger(PoisonSearch.class);

    private final Turn turn;

    PoisonSearch(Turn turn) {
        this.turn = turn;
    }

    /** The orders that are to be quoted and paid now. */
    List<Long> payable() {
        return turn.seen().payable(turn.standing(), turn.desk().settings()).stream()
                .map(Line::ref)
                .toList();
    }

    void pass(List<Long> orders, boolean paid) {
        turn.sees(seen -> seen.passing(orders, paid));
    }

    /** In words that nobody has recorded. */
    void suspect(List<Long> orders, Suspicion.Words words) {
        if (turn.seen().suspicion().isNarrowedBy(orders)) {
            turn.trouble().closer();
        }
        turn.sees(seen -> seen.suspecting(orders, words));
    }

    /** CoCalc says that one of these items cannot be priced or sold, and so sells none. */
    boolean isSuspected(Answer<?> answer, List<Long> orders) {
        if (answer instanceof Answer.Refused<?> no && no.refusal() == Refusal.BAD_ITEM) {
            LOG.warnf(
                    "%s: one of %d items is refused: %s", turn.lease().account().name(), orders.size(), no.text());
            turn.trouble().over();
            turn.sees(seen -> seen.suspecting(orders, Suspicion.listed(no.text())));
            return true;
        }
        return false;
    }
}
