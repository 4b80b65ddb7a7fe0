package dev.purser.provisioning;

import dev.purser.budget.Planned;
import dev.purser.provisioning.Standing.OpenAdd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is added to the cart next, and when: in batches, within the throttle, and never while an addition may still arrive. */
final class AddCheck {

    private static final Duration WORTH_WAITING = Duration.ofSeconds(3);

    private static final Duration CART_AGE = Duration.ofSeconds(5);

    private final Standing standing;
    private final Seen seen;
    private final Settings settings;

    AddCheck(Standing standing, Seen seen, Settings settings) {
        this.standing = standing;
        this.seen = seen;
        this.settings = settings;
    }

    /** An addition whose answer was lost may still arrive, and it arrives ticked: until then nothing is added and nothing paid. */
    Optional<Action> awaitOpenAdds() {
        List<OpenAdd> over = new ArrayList<>();
        boolean waiting = false;
        for (OpenAdd add : standing.openAdds()) {
            Instant quietAt = add.sentAt().plus(Settings.ADD_WITHIN).plus(settings.quiet());
            if (seen.cart().at().isBefore(quietAt)) {
                waiting = true;
            } else {
                over.add(add);
            }
        }
        if (!over.isEmpty()) {
            return Optional.of(new Action.GiveUpAdds(over));
        }
        if (!waiting) {
            return Optional.empty();
        }
        boolean stale = seen.cart().at().plus(CART_AGE).isBefore(standing.now());
        return Optional.of(stale ? new Action.ReadCart() : new Action.Wait(Decision.POLL));
    }

    Optional<Action> add() {
        if (!seen.suspicion().letsAdd(standing.inCart())) {
            return Optional.empty();
        }
        // Beside those that are not paid now, whatever the batch is.
        List<Line> payable = standing.payable(settings.quiet());
        int free = settings.batch() - payable.size() + (int) seen.suspicion().waiting(payable);
        List<Line> fitting = new ArrayList<>();
        Planned planned = Fit.planned(standing.inCart().stream());
        for (Line line : standing.candidates()) {
            if (fitting.size() < free
                    && Fit.objection(line, line.ownPrice(), planned, standing).isEmpty()) {
                planned = planned.plus(line.ask());
                if (!standing.isRemovalFresh(line, settings.quiet())) {
                    fitting.add(line);
                }
            }
        }
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        // Added before and not in the cart: somebody may have bought it since.
        if (fitting.stream().anyMatch(this::isToBeLookedFor)) {
            return Optional.of(new Action.Look());
        }
        boolean closed = fitting.size() >= free
                || standing.sinceNewestDue().isNegative()
                || standing.sinceNewestDue().compareTo(Settings.BATCH_CLOSES) >= 0;
        if (!closed) {
            return Optional.of(new Action.Wait(Duration.ofMillis(100)));
        }
        List<Duration> schedule = settings.throttle()
                .schedule(standing.counted(), standing.now(), fitting.size(), Settings.ADD_WITHIN.dividedBy(2));
        Duration next = schedule.get(0);
        if (next.isZero()) {
            return Optional.of(new Action.Add(List.copyOf(fitting.subList(0, schedule.size())), schedule));
        }
        boolean wait = standing.inCart().isEmpty() || next.compareTo(WORTH_WAITING) <= 0;
        return wait
                ? Optional.of(new Action.Wait(next.compareTo(Decision.POLL) < 0 ? next : Decision.POLL))
                : Optional.empty();
    }

    private boolean isToBeLookedFor(Line line) {
        return standing.isRemovalUnproven(line, settings.quiet()) || seen.mayHaveLeft(line, standing, settings);
    }
}
