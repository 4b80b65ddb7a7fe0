package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.kernel.Money;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.ReservationRow;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.PaidLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is reserved and spent, as the budget does in PostgreSQL. */
class SimBudget {

    private final SimTransactions tx;

    SimBudget(SimTransactions tx) {
        this.tx = tx;
    }

    Room room(UUID account) {
        List<ReservationRow> rows = tx.db().reservations.stream()
                .filter(row -> row.account().equals(account))
                .toList();
        Money reserved = Money.sum(rows.stream()
                .filter(ReservationRow::isOpen)
                .map(ReservationRow::amount)
                .toList());
        Money spent = Money.sum(rows.stream()
                .filter(row -> row.spent() != null)
                .map(ReservationRow::spent)
                .toList());
        return new Room(
                null,
                new Room.Use(tx.simulation.perDay, reserved, spent),
                new Room.Use(null, reserved, spent),
                tx.simulation.approvalAbove,
                campaigns());
    }

    private Map<String, Room.Use> campaigns() {
        Map<String, Room.Use> uses = new HashMap<>();
        if (tx.simulation.perCampaign != null) {
            Simulation.CAMPAIGNS.forEach(
                    campaign -> uses.put(campaign, tx.db().campaign(campaign, tx.simulation.perCampaign)));
        }
        return uses;
    }

    boolean holdsRoomFor(Action.Pay pay) {
        return tx.simulation.perCampaign == null
                || Simulation.CAMPAIGNS.stream().noneMatch(campaign -> {
                    Money asked = Money.sum(pay.lines().stream()
                            .filter(line -> campaign.equals(tx.db().orders.get(line.orderRef()).campaign))
                            .map(PaidLine::price)
                            .toList());
                    Room.Use use = tx.db().campaign(campaign, tx.simulation.perCampaign);
                    return asked.isMoreThan(Money.ZERO)
                            && use.reserved().plus(use.spent()).plus(asked).isMoreThan(tx.simulation.perCampaign);
                });
    }

    void reserve(Lease lease, Long order, long checkout, Money amount) {
        tx.db().reservations.add(new ReservationRow(lease.account().id(), order, checkout, amount, null, null, false));
    }

    void purchased(OrderRow order, UUID account, Bought item, Money cost) {
        order.become(OrderState.PURCHASED, tx.now());
        order.account = account;
        order.itemId = item.itemId();
        order.license = item.license();
        order.cost = cost;
        spend(account, order.ref, cost);
    }

    void spend(UUID account, long order, Money cost) {
        boolean[] settled = new boolean[1];
        tx.db().reservations.replaceAll(row -> {
            if (row.isOpen() && row.account().equals(account) && row.order() != null && row.order() == order) {
                settled[0] = true;
                return row.spent(cost, tx.now());
            }
            return row;
        });
        if (!settled[0]) {
            tx.db().reservations.add(new ReservationRow(account, order, 0, cost, cost, tx.now(), false));
        }
    }
}
