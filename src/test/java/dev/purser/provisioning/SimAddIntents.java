package dev.purser.provisioning;

import dev.purser.orders.OrderState;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.SimDatabase.AddRow;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.Standing.OpenAdd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class SimAddIntents implements AddIntents {

    private final SimTransactions tx;

    SimAddIntents(SimTransactions tx) {
        this.tx = tx;
    }

    static Map<Long, Instant> since(List<AddRow> adds, long lookedAdd) {
        return adds.stream()
                .filter(SimAddIntents::mayHaveArrived)
                .filter(add -> add.id() > lookedAdd)
                .collect(Collectors.toMap(
                        AddRow::order, AddRow::sentAt, (one, other) -> one.isAfter(other) ? one : other));
    }

    static Stream<AddRow> thatMayHaveArrived(List<AddRow> adds, long order) {
        return adds.stream().filter(add -> add.order() == order).filter(SimAddIntents::mayHaveArrived);
    }

    private static boolean mayHaveArrived(AddRow add) {
        return add.result() == null || !Set.of("NOT_SENT", "REFUSED").contains(add.result());
    }

    @Override
    public List<Planned> plan(Lease lease, List<Line> lines) {
        return tx.transaction(() -> {
            tx.prove(lease);
            List<Planned> planned = new ArrayList<>();
            for (OrderRow order : tx.locked(lines)) {
                if (order.line().mayBeAddedBy(lease.account().id())) {
                    order.account = lease.account().id();
                    long id = ++tx.db().ids;
                    tx.db().adds.add(new AddRow(id, lease.account().id(), order.ref, tx.now(), null, null, null));
                    planned.add(new Planned(id, order.line()));
                }
            }
            return planned;
        });
    }

    @Override
    public void answered(Lease lease, List<Answered> answers) {
        tx.write(lease, () -> {
            for (Answered answer : answers) {
                if (answer.result() == null) {
                    tx.db()
                            .adds
                            .replaceAll(add -> add.id() == answer.planned().intent() && add.result() == null
                                    ? add.saying(answer.words())
                                    : add);
                    continue;
                }
                long order = answer.planned().line().ref();
                tx.db()
                        .adds
                        .replaceAll(add -> add.id() == answer.planned().intent() && add.result() == null
                                ? add.resulting(answer.result().name(), tx.now().minusMillis(answer.millisAgo()))
                                        .saying(answer.words())
                                : add);
                boolean sentOnce =
                        tx.db().adds.stream().anyMatch(add -> add.order() == order && !"NOT_SENT".equals(add.result()));
                OrderRow row = tx.db().orders.get(order);
                if (answer.result() == Result.REFUSED && answer.words() != null) {
                    row.become(OrderState.REJECTED, tx.now());
                    row.code = Books.REFUSED;
                }
                if (answer.result() == Result.NOT_SENT
                        && !sentOnce
                        && row != null
                        && row.line().mayBeAdoptedBy(lease.account().id())) {
                    row.account = null;
                    if (row.cancelAsked) {
                        row.become(OrderState.CANCELLED, tx.now());
                    }
                }
            }
        });
    }

    @Override
    public void giveUp(Lease lease, List<OpenAdd> adds) {
        Set<Long> orders = new TreeSet<>(adds.stream().map(OpenAdd::orderRef).toList());
        tx.write(lease, () -> {
            tx.db()
                    .adds
                    .replaceAll(add -> add.account().equals(lease.account().id())
                                    && add.result() == null
                                    && orders.contains(add.order())
                            ? add.resulting("LOST", null)
                            : add);
            UUID account = lease.account().id();
            tx.db().adds.stream()
                    .filter(add -> add.account().equals(account) && orders.contains(add.order()))
                    .mapToLong(AddRow::id)
                    .min()
                    .ifPresent(first -> tx.db()
                            .lookedAdd
                            .put(account, Math.min(tx.db().lookedAdd.getOrDefault(account, 0L), first - 1)));
            orders.forEach(order -> holdRefused(account, tx.db().orders.get(order)));
        });
    }

    private void holdRefused(UUID account, OrderRow order) {
        boolean twice = tx.db().adds.stream()
                        .filter(add -> add.account().equals(account) && add.order() == order.ref)
                        .filter(add -> "LOST".equals(add.result()) && add.words() != null)
                        .count()
                >= 2;
        if (twice && order.line().mayBeAddedBy(account)) {
            order.become(OrderState.HELD, tx.now());
            order.code = "add_refused";
        }
    }
}
