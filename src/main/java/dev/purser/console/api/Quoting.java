package dev.purser.console.api;

import dev.purser.budget.Ask;
import dev.purser.budget.Planned;
import dev.purser.budget.Prices;
import dev.purser.budget.Room;
import dev.purser.intake.Checked;
import dev.purser.intake.DryRun.Entry;
import dev.purser.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prices one order after the other, and counts. */
final class Quoting {

    private final Room room;
    private final List<QuotesJson.Item> items = new ArrayList<>();
    private Planned campaigns = Planned.NOTHING;
    private Money price = Money.ZERO;
    private Money heldPrice = Money.ZERO;
    private long invalid;
    private long duplicate;
    private long held;

    /** @param room of an account that has spent nothing yet: what does not fit there fits nowhere. Days and months are left out, they pass. */
    Quoting(Room room) {
        this.room = room;
    }

    void add(Entry entry) {
        items.add(entry.checked().fold(new Checked.Cases<>() {
            @Override
            public QuotesJson.Item valid(Checked.Valid order) {
                return priced(entry, order);
            }

            @Override
            public QuotesJson.Item invalid(Checked.Invalid wrong) {
                invalid++;
                return new QuotesJson.Item(
                        entry.row(),
                        entry.orderId(),
                        null,
                        false,
                        null,
                        wrong.errors().stream().map(QuotesJson.Wrong::of).toList());
            }
        }));
    }

    private QuotesJson.Item priced(Entry entry, Checked.Valid order) {
        Money cost = Prices.of(order.license());
        Ask ask = new Ask(cost, order.campaign(), order.maxCost(), null);
        Optional<Room.Objection> objection = room.objectionTo(ask, new Planned(Money.ZERO, campaigns.campaigns()));
        if (entry.duplicate()) {
            duplicate++;
        } else {
            price = price.plus(cost);
            campaigns = objection.isPresent() ? campaigns : campaigns.plus(ask);
            held += objection.isPresent() ? 1 : 0;
            heldPrice = objection.isPresent() ? heldPrice.plus(cost) : heldPrice;
        }
        return new QuotesJson.Item(
                entry.row(),
                entry.orderId(),
                cost.toString(),
                entry.duplicate(),
                objection.map(QuotesJson.Hold::of).orElse(null),
                List.of());
    }

    QuotesJson sum() {
        long valid = items.size() - invalid - duplicate;
        return new QuotesJson(
                items,
                new QuotesJson.Totals(
                        items.size(), valid, invalid, duplicate, held, price.toString(), heldPrice.toString()));
    }
}
