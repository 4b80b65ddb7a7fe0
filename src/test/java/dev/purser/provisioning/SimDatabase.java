package dev.purser.provisioning;

import dev.purser.budget.Prices;
import dev.purser.budget.Room;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.PaidLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The tables of the engine, in memory. Each row is a plain value with the columns of its table. */
final class SimDatabase {

    final Map<Long, OrderRow> orders = new TreeMap<>();
    final Map<UUID, AccountRow> accounts = new TreeMap<>();
    final List<AddRow> adds = new ArrayList<>();
    final List<CheckoutRow> checkouts = new ArrayList<>();
    final List<ReservationRow> reservations = new ArrayList<>();
    final Map<String, BoughtRow> bought = new TreeMap<>();
    final Map<UUID, Set<Long>> foreignTicks = new TreeMap<>();
    final Map<Long, Instant> retickedAt = new TreeMap<>();
    final Map<Long, Held> holding = new TreeMap<>();
    final Map<UUID, Long> lookedAdd = new TreeMap<>();
    final Map<Long, RemovalRow> removals = new TreeMap<>();
    final Map<UUID, List<Instant>> ledgerReads = new TreeMap<>();
    /** By a person; the engine's own pauses stand in the account's row. */
    final Set<UUID> pausedByPeople = new TreeSet<>();

    boolean everywherePaused;
    long ids;

    /** An order as its partner sends it, each time it comes. */
    record Sent(OrderId orderId, LicenseSpec spec, String campaign) {}

    static final class OrderRow implements Cloneable {
        long ref;
        OrderId orderId;
        LicenseSpec spec;
        String campaign;
        OrderState state = OrderState.RESOLVED;
        String code;
        UUID account;
        Long itemId;
        Money quoted;
        Money approved;
        Money cost;
        UUID license;
        boolean cancelAsked;
        Instant since;
        private Money price;

        /** Reckoned once: a run asks for it thousands of times. */
        private Money price() {
            if (price == null) {
                price = Prices.of(spec);
            }
            return price;
        }

        Line line() {
            return new Line(
                    ref,
                    orderId,
                    state,
                    code,
                    account,
                    itemId,
                    spec,
                    null,
                    null,
                    quoted,
                    approved,
                    cancelAsked,
                    campaign,
                    price());
        }

        void become(OrderState next, Instant now) {
            if (!state.mayBecome(next)) {
                throw new IllegalStateException(orderId + " is " + state + " and cannot become " + next);
            }
            state = next;
            since = now;
            code = null;
        }

        OrderRow copy() {
            try {
                return (OrderRow) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return orderId + " " + state + (code == null ? "" : " " + code) + " item " + itemId;
        }
    }

    record AccountRow(
            PurchasingAccount account,
            String holder,
            long fence,
            Instant leaseUntil,
            String pauseReason,
            Instant lookedAt,
            BigDecimal balance,
            Instant balanceAt) {

        AccountRow leasedTo(String newHolder, long newFence, Instant until) {
            return new AccountRow(account, newHolder, newFence, until, pauseReason, lookedAt, balance, balanceAt);
        }

        AccountRow paused(String why) {
            return new AccountRow(account, holder, fence, leaseUntil, why, lookedAt, balance, balanceAt);
        }

        AccountRow looked(Instant at) {
            return new AccountRow(account, holder, fence, leaseUntil, pauseReason, at, balance, balanceAt);
        }

        AccountRow withBalance(BigDecimal usd, Instant at) {
            return new AccountRow(account, holder, fence, leaseUntil, pauseReason, lookedAt, usd, at);
        }
    }

    record AddRow(long id, UUID account, long order, Instant sentAt, String result, Instant countedAt, String words) {
        AddRow resulting(String answer, Instant counted) {
            return new AddRow(id, account, order, sentAt, answer, counted, words);
        }

        AddRow saying(String text) {
            return new AddRow(id, account, order, sentAt, result, countedAt, text);
        }
    }

    record CheckoutRow(
            long id,
            UUID account,
            long fence,
            String state,
            Instant writtenAt,
            Instant disarmedAt,
            List<PaidLine> lines,
            Instant billFrom,
            Instant answeredAt,
            String bill) {
        CheckoutRow become(String next, Instant disarmed) {
            return new CheckoutRow(id, account, fence, next, writtenAt, disarmed, lines, billFrom, answeredAt, bill);
        }

        CheckoutRow answered(Instant at) {
            return new CheckoutRow(id, account, fence, state, writtenAt, disarmedAt, lines, billFrom, at, bill);
        }

        CheckoutRow billed(String verdict) {
            return new CheckoutRow(
                    id, account, fence, state, writtenAt, disarmedAt, lines, billFrom, answeredAt, verdict);
        }

        boolean isUnproven() {
            return state.equals("SETTLED") && (bill == null || bill.equals("SEEN"));
        }

        boolean isOpen() {
            return Set.of("PAYING", "DOUBTED", "DISARMED").contains(state);
        }
    }

    record ReservationRow(
            UUID account, Long order, long checkout, Money amount, Money spent, Instant spentAt, boolean released) {
        ReservationRow spent(Money usd, Instant at) {
            return new ReservationRow(account, order, checkout, amount, usd, at, released);
        }

        ReservationRow free() {
            return new ReservationRow(account, order, checkout, amount, spent, spentAt, true);
        }

        boolean isOpen() {
            return !released && spent == null;
        }
    }

    record RemovalRow(UUID account, long order, long item, Instant at) {}

    record BoughtRow(UUID account, long item, String orderId, UUID license, Instant at) {}

    /** As a backup would keep it. */
    SimDatabase copy() {
        SimDatabase copy = new SimDatabase();
        orders.forEach((ref, row) -> copy.orders.put(ref, row.copy()));
        copy.accounts.putAll(accounts);
        copy.adds.addAll(adds);
        copy.checkouts.addAll(checkouts);
        copy.reservations.addAll(reservations);
        copy.bought.putAll(bought);
        foreignTicks.forEach((account, items) -> copy.foreignTicks.put(account, new TreeSet<>(items)));
        copy.retickedAt.putAll(retickedAt);
        copy.removals.putAll(removals);
        copy.lookedAdd.putAll(lookedAdd);
        copy.holding.putAll(holding);
        ledgerReads.forEach((account, reads) -> copy.ledgerReads.put(account, new ArrayList<>(reads)));
        copy.pausedByPeople.addAll(pausedByPeople);
        copy.everywherePaused = everywherePaused;
        copy.ids = ids;
        return copy;
    }

    /** Identity by unique constraint: an order_id that is known is a duplicate. */
    void accept(Sent sent, Instant now) {
        if (orders.values().stream().noneMatch(row -> row.orderId.equals(sent.orderId()))) {
            insert(sent, now);
        }
    }

    boolean isPaused(UUID account) {
        return accounts.get(account).pauseReason() != null || isPausedByPeople(account);
    }

    boolean isPausedByPeople(UUID account) {
        return everywherePaused || pausedByPeople.contains(account);
    }

    /** What is spent or reserved for a campaign, on all accounts. */
    Room.Use campaign(String campaign, Money limit) {
        List<ReservationRow> rows = reservations.stream()
                .filter(row -> row.order() != null && campaign.equals(orders.get(row.order()).campaign))
                .toList();
        return new Room.Use(
                limit,
                Money.sum(rows.stream()
                        .filter(ReservationRow::isOpen)
                        .map(ReservationRow::amount)
                        .toList()),
                Money.sum(rows.stream()
                        .filter(row -> row.spent() != null)
                        .map(ReservationRow::spent)
                        .toList()));
    }

    /** As an approver does: at what it is held at. @param upTo what that lets pass from then on */
    void approve(OrderRow order, Money upTo, Instant now) {
        order.become(OrderState.RESOLVED, now);
        order.approved = upTo;
    }

    /** As a person asks for it. */
    void cancel(OrderRow order, Instant now) {
        boolean ends = order.account == null && (order.state == OrderState.RESOLVED || order.state == OrderState.HELD);
        if (ends && bought.values().stream().anyMatch(row -> row.orderId().equals(order.orderId.value()))) {
            return;
        }
        if (order.state == OrderState.HELD && Books.PAYMENT_PENDING.equals(order.code) && order.itemId != null) {
            order.become(OrderState.RESOLVED, now);
            order.become(OrderState.IN_CART, now);
            order.cancelAsked = true;
            return;
        }
        switch (order.state) {
            case RESOLVED, HELD -> {
                if (ends) {
                    order.become(OrderState.CANCELLED, now);
                } else if (order.state == OrderState.HELD) {
                    order.become(OrderState.RESOLVED, now);
                }
                order.cancelAsked = true;
            }
            case IN_CART, CHECKING_OUT, UNKNOWN -> order.cancelAsked = true;
            default -> {
                // It has ended.
            }
        }
    }

    void insert(Sent sent, Instant now) {
        OrderRow row = new OrderRow();
        row.ref = ++ids;
        row.orderId = sent.orderId();
        row.spec = sent.spec();
        row.campaign = sent.campaign();
        row.since = now;
        orders.put(row.ref, row);
    }
}
