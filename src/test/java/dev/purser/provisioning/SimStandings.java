package dev.purser.provisioning;

import dev.purser.budget.Room;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.SimDatabase.AccountRow;
import dev.purser.provisioning.SimDatabase.AddRow;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.Standing.Elsewhere;
import dev.purser.provisioning.Standing.OpenAdd;
import dev.purser.provisioning.Standing.Removal;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

class SimStandings implements Standings {

    private static final Set<String> FREED_BY_MONEY = Set.of(
            Room.NO_BUDGET, Room.OVER_ORDER, Room.OVER_DAY, Room.OVER_MONTH, Room.OVER_CAMPAIGN, QuoteCheck.NO_FUNDS);

    private final SimTransactions tx;
    private final SimBudget budget;

    SimStandings(SimTransactions tx, SimBudget budget) {
        this.tx = tx;
        this.budget = budget;
    }

    @Override
    public Standing of(
            PurchasingAccount account, Collection<OrderId> named, Collection<UUID> others, boolean everyoneLooked) {
        return tx.transaction(() -> standing(account, new HashSet<>(named), others, everyoneLooked));
    }

    private Standing standing(
            PurchasingAccount account, Set<OrderId> named, Collection<UUID> others, boolean everyoneLooked) {
        AccountRow row = tx.db().accounts.get(account.id());
        List<Line> bound = lines(order -> account.id().equals(order.account)
                && Set.of(OrderState.RESOLVED, OrderState.IN_CART, OrderState.CHECKING_OUT, OrderState.UNKNOWN)
                        .contains(order.state));
        boolean full = bound.stream()
                        .filter(line -> line.state() == OrderState.IN_CART && !line.cancelAsked())
                        .count()
                >= tx.simulation.settings.batch();
        List<OrderRow> due = tx.db().orders.values().stream()
                .filter(order -> order.state == OrderState.RESOLVED && order.account == null)
                .limit(full ? 1 : tx.simulation.settings.batch())
                .toList();
        List<Line> dueLines = due.stream().map(OrderRow::line).toList();
        Map<OrderId, Line> namedLines = new HashMap<>();
        lines(order -> named.contains(order.orderId)).forEach(line -> namedLines.putIfAbsent(line.orderId(), line));
        Duration newest = due.size() >= tx.simulation.settings.batch()
                ? Settings.BATCH_CLOSES
                : due.stream()
                        .map(order -> order.since)
                        .max(Comparator.naturalOrder())
                        .map(since -> Duration.between(since, tx.now()))
                        .orElse(Settings.BATCH_CLOSES);
        List<Line> held = lines(order -> order.state == OrderState.HELD
                && (FREED_BY_MONEY.contains(order.code)
                        || Room.NEEDS_APPROVAL.equals(order.code)
                                && (tx.simulation.approvalAbove == null
                                        || !order.quoted.isMoreThan(tx.simulation.approvalAbove)))
                && (order.account == null || order.account.equals(account.id())));
        List<AddRow> adds = tx.db().adds.stream()
                .filter(add -> add.account().equals(account.id()))
                .toList();
        return new Standing(
                tx.now(),
                account,
                tx.db().isPaused(account.id()),
                row.lookedAt(),
                row.balance(),
                row.balanceAt(),
                bound,
                namedLines,
                dueLines,
                newest,
                held,
                adds.stream()
                        .filter(add -> add.result() == null)
                        .map(add -> new OpenAdd(add.order(), add.sentAt()))
                        .toList(),
                SimAddIntents.since(adds, tx.db().lookedAdd.getOrDefault(account.id(), 0L)),
                adds.size(),
                adds.stream()
                        .filter(add -> !"NOT_SENT".equals(add.result()))
                        .filter(add -> add.sentAt().isAfter(tx.now().minus(Duration.ofMinutes(61))))
                        .map(add -> add.countedAt() == null ? add.sentAt().plusSeconds(15) : add.countedAt())
                        .sorted()
                        .toList(),
                SimCheckouts.open(tx.db(), account.id()).map(SimCheckouts::shown),
                SimBoughtItems.before(
                        tx.db(),
                        Stream.concat(bound.stream(), dueLines.stream()).toList()),
                Set.copyOf(tx.db().foreignTicks.getOrDefault(account.id(), Set.of())),
                tx.db().foreignTicks.getOrDefault(account.id(), Set.of()).stream()
                        .map(tx.db().retickedAt::get)
                        .filter(java.util.Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                budget.room(account.id()),
                others.stream()
                        .filter(other -> !tx.db().isPaused(other))
                        .map(other -> new Elsewhere(
                                budget.room(other), tx.db().accounts.get(other).balance()))
                        .toList(),
                everyoneLooked,
                SimBills.billing(tx, account.id()),
                removals(account, bound));
    }

    List<Removal> removals(PurchasingAccount account, List<Line> bound) {
        return tx.db().removals.values().stream()
                .filter(row -> row.account().equals(account.id())
                        && bound.stream()
                                .anyMatch(line -> line.ref() == row.order()
                                        && (line.state() == OrderState.RESOLVED
                                                || line.state() == OrderState.IN_CART
                                                || line.cancelAsked())))
                .map(row -> new Removal(row.order(), row.item(), row.at()))
                .toList();
    }

    private List<Line> lines(java.util.function.Predicate<OrderRow> which) {
        return tx.db().orders.values().stream()
                .filter(which)
                .map(OrderRow::line)
                .toList();
    }
}
