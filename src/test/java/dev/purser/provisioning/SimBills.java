package dev.purser.provisioning;

import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.ReservationRow;
import dev.purser.provisioning.Standing.Billing;
import dev.purser.provisioning.Standing.PaidLine;
import dev.purser.provisioning.Standing.Unproven;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

final class SimBills implements Bills {

    private final SimTransactions tx;

    SimBills(SimTransactions tx) {
        this.tx = tx;
    }

    static Billing billing(SimTransactions tx, UUID account) {
        List<Unproven> unproven = tx.db().checkouts.stream()
                .filter(row -> row.account().equals(account) && row.isUnproven())
                .filter(row -> row.writtenAt().isAfter(tx.now().minus(Duration.ofHours(1))))
                .map(row -> new Unproven(
                        row.id(),
                        row.bill() != null,
                        row.answeredAt(),
                        row.billFrom(),
                        row.lines().stream()
                                .filter(line -> {
                                    OrderRow order = tx.db().orders.get(line.orderRef());
                                    return order.license != null && order.itemId == line.itemId();
                                })
                                .toList(),
                        row.lines().stream().map(PaidLine::itemId).collect(java.util.stream.Collectors.toSet())))
                .toList();
        return new Billing(List.copyOf(tx.db().ledgerReads.getOrDefault(account, List.of())), unproven);
    }

    @Override
    public void asking(Lease lease) {
        tx.write(lease, () -> tx.db()
                .ledgerReads
                .computeIfAbsent(lease.account().id(), id -> new ArrayList<>())
                .add(tx.now()));
    }

    @Override
    public void book(Lease lease, List<Bill.Verdict> verdicts) {
        tx.write(
                lease,
                () -> verdicts.forEach(verdict -> {
                    String state = verdict.complete() ? "PROVEN" : "SEEN";
                    tx.change(
                            verdict.checkout().checkout(),
                            row -> row.billed(verdict.objection() == null ? state : "DIFFERS"));
                    verdict.billed().forEach((line, billed) -> tx.db()
                            .reservations
                            .replaceAll(row -> row.checkout()
                                                    == verdict.checkout().checkout()
                                            && row.spent() != null
                                            && Long.valueOf(line.orderRef()).equals(row.order())
                                    ? row.spent(billed.cost(), billed.time())
                                    : row));
                    verdict.extra().forEach(line -> tx.db()
                            .reservations
                            .add(new ReservationRow(
                                    lease.account().id(),
                                    verdict.checkout().lines().stream()
                                            .filter(paid ->
                                                    Long.valueOf(paid.itemId()).equals(line.itemId()))
                                            .map(PaidLine::orderRef)
                                            .findFirst()
                                            .orElse(null),
                                    0,
                                    line.cost(),
                                    line.cost(),
                                    tx.now(),
                                    false)));
                    if (verdict.objection() != null) {
                        tx.change(lease.account().id(), row -> row.paused(verdict.objection()));
                    }
                }));
    }
}
