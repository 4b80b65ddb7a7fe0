package dev.purser.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.budget.Ask;
import dev.purser.budget.Planned;
import dev.purser.budget.Prices;
import dev.purser.budget.Room;
import dev.purser.cli.settings.Settings;
import dev.purser.intake.Checked;
import dev.purser.intake.DryRun;
import dev.purser.kernel.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices orders without a running Purser, in the shape of {@code POST /api/v1/quotes}; by the limits that are set here, not by what was spent. */
final class QuoteAlone {

    private final Settings settings;
    private final DryRun dryRun;

    QuoteAlone(Settings settings, Clock clock) {
        this.settings = settings;
        this.dryRun = new DryRun(clock, settings.is("purser.subscriptions", true));
    }

    ObjectNode quote(OrdersFile file) throws IOException {
        DryRun.Sheet sheet = file.json() ? dryRun.ofJson(Files.readAllBytes(file.path())) : dryRun.ofCsv(file.path());
        if (sheet.flaw() != null) {
            throw new Failure(Exit.FAILED, sheet.flaw());
        }
        Sum sum = new Sum(room());
        sheet.entries().forEach(sum::add);
        return sum.document();
    }

    /** Of somebody who has spent nothing. No limit may be set here and yet one where Purser runs, so that none is set says nothing. */
    private Room room() {
        return new Room(
                usd("purser.budget.per-order"),
                new Room.Use(usd("purser.budget.per-day"), Money.ZERO, Money.ZERO),
                new Room.Use(usd("purser.budget.per-month"), Money.ZERO, Money.ZERO),
                usd("purser.approval-above"),
                Map.of());
    }

    private @Nullable Money usd(String name) {
        try {
            return settings.find(name)
                    .map(BigDecimal::new)
                    .map(Money::roundedDown)
                    .orElse(null);
        } catch (NumberFormatException e) {
            throw new Failure(
                    Exit.CONFIGURATION, Settings.variable(name) + " must be an amount in USD such as 100.00.");
        }
    }

    private static final class Sum {

        private final ObjectNode document = JsonNodeFactory.instance.objectNode();
        private final ArrayNode items = document.putArray("items");
        private final Room room;
        private Money price = Money.ZERO;
        private Money heldPrice = Money.ZERO;
        private long invalid;
        private long duplicate;
        private long held;

        Sum(Room room) {
            this.room = room;
        }

        void add(DryRun.Entry entry) {
            ObjectNode item = items.addObject()
                    .put("row", entry.row())
                    .put("order_id", entry.orderId())
                    .putNull("price")
                    .put("duplicate", entry.duplicate())
                    .putNull("held");
            ArrayNode errors = item.putArray("errors");
            entry.checked().fold(new Checked.Cases<ObjectNode>() {
                @Override
                public ObjectNode valid(Checked.Valid order) {
                    return priced(item, order, entry.duplicate());
                }

                @Override
                public ObjectNode invalid(Checked.Invalid wrong) {
                    invalid++;
                    wrong.errors().forEach(error -> errors.addObject()
                            .put("field", error.field())
                            .put("message", error.message()));
                    return item;
                }
            });
        }

        private ObjectNode priced(ObjectNode item, Checked.Valid order, boolean again) {
            Money cost = Prices.of(order.license());
            Optional<Room.Objection> objection = room.objectionTo(
                            new Ask(cost, null, order.maxCost(), null), Planned.NOTHING)
                    .filter(no -> !no.code().equals(Room.NO_BUDGET));
            item.put("price", cost.toString());
            objection.ifPresent(
                    no -> item.putObject("held").put("code", no.code()).put("message", no.message()));
            if (again) {
                duplicate++;
            } else {
                price = price.plus(cost);
                held += objection.isPresent() ? 1 : 0;
                heldPrice = objection.isPresent() ? heldPrice.plus(cost) : heldPrice;
            }
            return item;
        }

        ObjectNode document() {
            document.putObject("totals")
                    .put("orders", items.size())
                    .put("valid", items.size() - invalid - duplicate)
                    .put("invalid", invalid)
                    .put("duplicate", duplicate)
                    .put("held", held)
                    .put("price", price.toString())
                    .put("held_price", heldPrice.toString());
            return document;
        }
    }
}
