package dev.purser.provisioning;

import dev.purser.budget.Prices;
import dev.purser.budget.Room;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.SimCoCalc.Account;
import dev.purser.provisioning.SimCoCalc.Checkout;
import dev.purser.provisioning.SimCoCalc.Item;
import dev.purser.provisioning.SimCoCalc.Purchase;
import dev.purser.provisioning.SimDatabase.AccountRow;
import dev.purser.provisioning.SimDatabase.CheckoutRow;
import dev.purser.provisioning.SimDatabase.OrderRow;
import dev.purser.provisioning.SimDatabase.ReservationRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What must hold at every instant and at the end, read from the simulated ledger and tables and never from the engine. */
final class Oracle {

    private static final Set<String> SPEAKS_FOR_ITSELF = Set.of(
            Room.OVER_DAY,
            Room.OVER_CAMPAIGN,
            QuoteCheck.NO_FUNDS,
            "price_differs",
            QuoteCheck.ITEM_CHANGED,
            "item_removed");

    /** Without any of these nobody needs to look before the account buys again. */
    private static final Set<Faults.Kind> MAY_PAUSE = EnumSet.of(
            Faults.Kind.PERSON,
            Faults.Kind.PERSON_PUTS_BACK,
            Faults.Kind.PERSON_PAYS,
            Faults.Kind.DELIVERED_TWICE,
            Faults.Kind.PAID_TWICE,
            Faults.Kind.RESTORED);

    /** What an order may be held for at the end only if this happened. */
    private static final Map<String, Set<Faults.Kind>> HELD_BECAUSE = Map.of(
            "item_removed",
            EnumSet.of(Faults.Kind.PERSON_REMOVES, Faults.Kind.RESTORED),
            "price_differs",
            EnumSet.of(Faults.Kind.DEARER),
            QuoteCheck.NO_FUNDS,
            EnumSet.of(Faults.Kind.LITTLE_CREDIT, Faults.Kind.PERSON_PAYS));

    private final Simulation simulation;
    private final List<String> violations = new ArrayList<>();
    private final Map<Item, Account> mustBePaused = new LinkedHashMap<>();
    private final Set<Long> adopted = new HashSet<>();
    private final Map<OrderId, Instant> askedToCancel = new HashMap<>();
    private final Map<OrderId, Instant> seenInNoCart = new HashMap<>();

    Oracle(Simulation simulation) {
        this.simulation = simulation;
    }

    List<String> violations() {
        return violations;
    }

    void violation(String what) {
        violations.add(simulation.time.nanos() / 1_000_000 + " ms: " + what);
        simulation.time.end();
    }

    /** I5: an intent is committed before the call. */
    void additionSent(Account account, String description) {
        OrderToken token = OrderToken.find(description).orElseThrow();
        boolean written = simulation.database.adds.stream()
                .anyMatch(add -> add.account().equals(account.id)
                        && add.result() == null
                        && simulation.database.orders.get(add.order()).orderId.equals(token.orderId()));
        if (!written && !simulation.wasRestored()) {
            violation("I5: an addition of " + token.orderId() + " without a committed intent");
        }
    }

    /** I8: nobody asks without end. */
    void called(Account account) {
        long now = simulation.time.nanos();
        account.calls.add(now);
        while (account.calls.peek() < now - 60_000_000_000L) {
            account.calls.remove();
        }
        if (account.calls.size() > 600) {
            violation("I8: " + account.name + " asks without end");
        }
    }

    /** I6: never more calls than the windows allow, by the time at which they were sent. */
    void additionArrived(Account account, long sent) {
        account.additionsSent.add(sent);
        if (simulation.throttled
                && !simulation.wasRestored()
                && !simulation.faults.has(Faults.Kind.DELIVERED_TWICE)
                && (count(account, sent, 1) > 3 || count(account, sent, 60) > 15 || count(account, sent, 3600) > 200)) {
            violation("I6: more additions than the windows allow");
        }
    }

    private static long count(Account account, long now, long seconds) {
        return account.additionsSent.stream()
                .filter(at -> at > now - seconds * 1_000_000_000L && at <= now)
                .count();
    }

    void checkoutSent(Account account) {
        boolean written = simulation.database.checkouts.stream()
                .anyMatch(row -> row.account().equals(account.id) && row.state().equals("PAYING"));
        if (!written && !simulation.wasRestored()) {
            violation("I5: a payment without a committed intent");
        }
        boolean justNow = simulation.database.checkouts.stream()
                .anyMatch(row -> row.account().equals(account.id)
                        && row.state().equals("PAYING")
                        && !row.writtenAt().isBefore(simulation.time.now().minusSeconds(2)));
        if (written && !justNow) {
            violation("a payment that was written down more than two seconds ago");
        }
        if (simulation.time.nanos() - account.quotedAt > 5_000_000_000L) {
            violation(
                    "a payment on a quote of " + (simulation.time.nanos() - account.quotedAt) / 1_000_000 + " ms ago");
        }
    }

    /** From then on the books know this item to be an order's. */
    void adopted(long item) {
        adopted.add(item);
    }

    void askedToCancel(OrderRow order) {
        askedToCancel.putIfAbsent(order.orderId, simulation.time.now());
    }

    /** From the last answer about the cart on nobody can see what a person puts back there; if it was asked for after the wish. */
    void cancelled(OrderRow order) {
        simulation.world.accounts.values().stream()
                .filter(account -> account.id.equals(order.account))
                .map(account -> account.cartShownAt)
                .filter(shown -> !shown.isBefore(askedToCancel.getOrDefault(order.orderId, Instant.MAX)))
                .forEach(shown -> seenInNoCart.put(order.orderId, shown));
    }

    /** At the instant at which a payment is written down, and by whom. */
    void written(Lease lease) {
        UUID account = lease.account().id();
        if (simulation.database.accounts.get(account).fence() != lease.fence()) {
            violation("a payment was written down by one who holds "
                    + lease.account().name() + " no more");
        }
        if (simulation.database.isPaused(account)) {
            violation("a payment was written down while " + lease.account().name() + " was paused");
        }
        if (simulation.perCampaign != null && !mayExceed()) {
            Simulation.CAMPAIGNS.stream()
                    .map(campaign -> simulation.database.campaign(campaign, simulation.perCampaign))
                    .filter(use -> use.reserved().plus(use.spent()).isMoreThan(simulation.perCampaign))
                    .forEach(use -> violation("I3: " + use + " of a campaign"));
        }
    }

    /** Where others spend, too, or what was spent was forgotten. */
    private boolean mayExceed() {
        return simulation.faults.has(Faults.Kind.PERSON_PAYS)
                || simulation.faults.has(Faults.Kind.PERSON_PUTS_BACK)
                || simulation.faults.has(Faults.Kind.DELIVERED_TWICE)
                || simulation.faults.has(Faults.Kind.PAID_TWICE)
                || simulation.wasRestored()
                || priceMoved();
    }

    /** Books it, and looks at every line. */
    void booked(Account account, Checkout checkout) {
        account.book(checkout);
        for (Item item : checkout.items) {
            if (checkout.byPerson) {
                continue;
            }
            if (item.token == null) {
                foreignBought(account, item);
            } else {
                ownBought(account, item, checkout);
            }
        }
        if (!checkout.byPerson
                && account.balance.signum() < 0
                && !simulation.faults.has(Faults.Kind.PERSON_PAYS)
                && !simulation.faults.has(Faults.Kind.PERSON_PUTS_BACK)
                && !simulation.faults.has(Faults.Kind.DELIVERED_TWICE)
                && !simulation.faults.has(Faults.Kind.PAID_TWICE)
                && !priceMoved()
                && checkout.items.stream().allMatch(item -> item.token != null)) {
            violation("the balance is " + account.balance + " USD");
        }
    }

    private void foreignBought(Account account, Item item) {
        if (item.tickedByPurser) {
            violation("somebody's item " + item.id + " was bought, and Purser had ticked it");
        } else if (account.quoted.contains(item.id)) {
            violation("somebody's item " + item.id + " was bought although the quote had shown it");
        } else {
            mustBePaused.put(item, account);
        }
    }

    private void ownBought(Account account, Item item, Checkout checkout) {
        OrderId order = item.token.orderId();
        if (simulation.faults.has(Faults.Kind.LATE) && item.tickedByPurser && !account.quoted.contains(item.id)) {
            SimCheckouts.open(simulation.database, account.id).ifPresent(open -> account.tickedLate.add(open.id()));
        }
        List<Purchase> purchases = simulation.world.ledger.stream()
                .filter(line -> line.token() != null && line.token().orderId().equals(order))
                .toList();
        List<Purchase> unseen = unseen(purchases);
        if (purchases.stream().anyMatch(line -> slippedIn(account, line.item()))) {
            // The network or a person brought an item between the quote and the payment: nobody can prevent that.
            mustBePaused.put(item, account);
        } else if (purchases.stream()
                        .filter(line -> line.by().doubled)
                        .findAny()
                        .isPresent()
                && purchases.stream().filter(line -> !line.by().byPerson).count() == 2) {
            // Nobody can prevent that either.
            mustBePaused.put(item, account);
        } else if (purchases.stream().filter(line -> !line.by().byPerson).count() > 1) {
            violation("I1: " + order + " was bought twice");
        } else if (purchases.stream()
                .filter(line -> !line.by().byPerson || !simulation.wasRestored())
                .filter(line -> !unseen.contains(line))
                .anyMatch(line -> line.at().isBefore(checkout.begun))) {
            // After a restore nobody knows of an item that lies in another account's cart, until a person pays it
            // there.
            violation("I1: " + order + " was bought again although it had been bought before");
        } else if (!unseen.isEmpty()) {
            mustBePaused.put(item, account);
        }
        Purchase last = purchases.get(purchases.size() - 1);
        if (last.price().isMoreThan(Prices.atMost(item.spec)) && account.quotedDear) {
            violation(order + " was bought at " + last.price()
                    + " USD, dearer than it may be, and the quote had said so");
        }
        Money spent = Money.sum(simulation.world.ledger.stream()
                .filter(line -> line.account() == account && line.token() != null && !line.by().byPerson)
                .map(Purchase::price)
                .toList());
        if (spent.isMoreThan(simulation.perDay) && !mayExceed()) {
            violation("I3: " + spent + " USD spent of " + simulation.perDay);
        }
        Money approved = simulation.approvals.getOrDefault(order, Money.ZERO);
        if (simulation.approvalAbove != null
                // It is in no payment that was written down.
                && !slippedIn(account, last.item())
                && last.price().isMoreThan(simulation.approvalAbove)
                && last.price().isMoreThan(approved)
                && !priceMoved()) {
            violation(order + " was bought at " + last.price() + " USD and approved at " + approved);
        }
        if (simulation.perCampaign != null && !mayExceed()) {
            Simulation.CAMPAIGNS.forEach(this::isWithin);
        }
    }

    /** A person bought the item before we read the cart, and the network delivered its addition again: that one we see as ours. */
    private List<Purchase> unseen(List<Purchase> purchases) {
        return purchases.stream().anyMatch(line -> line.item().doubled)
                ? purchases.stream()
                        .filter(line -> line.by().byPerson && !line.item().doubled && !isKnown(line.item()))
                        .toList()
                : List.of();
    }

    private boolean isKnown(Item item) {
        return adopted.contains(item.id) && !simulation.wasRestored();
    }

    private static boolean slippedIn(Account account, Item item) {
        return (item.doubled || item.putBackAt != null) && !account.quoted.contains(item.id);
    }

    private void isWithin(String campaign) {
        Money spent = Money.sum(simulation.world.ledger.stream()
                .filter(line -> line.token() != null
                        && !line.by().byPerson
                        && campaign.equals(simulation.campaignOf(line.token().orderId())))
                .map(Purchase::price)
                .toList());
        if (spent.isMoreThan(simulation.perCampaign)) {
            violation("I3: " + spent + " USD spent of " + simulation.perCampaign + " for campaign " + campaign);
        }
    }

    private boolean priceMoved() {
        return simulation.faults.has(Faults.Kind.DEARER);
    }

    /** I2 and I8: nothing is open any more, but on an account that is paused. */
    boolean isAllSettled() {
        return simulation.accepted.stream().allMatch(id -> {
            OrderRow order = order(id);
            return order != null
                    && (isStuckOnPaused(order)
                            || isSettled(order)
                                    && (order.state == OrderState.PURCHASED
                                            || !isBought(id)
                                            || isForgotten(order)
                                            || isPutBackAfterwards(order)));
        });
    }

    private boolean isSettled(OrderRow order) {
        return order.state == OrderState.PURCHASED
                || order.state == OrderState.CANCELLED && order.cancelAsked
                // Whether it is the order or the day, nobody can tell while there is nothing else to buy.
                || simulation.world.refusal == Refusal.UNLISTED
                        && simulation.world.poison.contains(order.orderId)
                        && (order.state == OrderState.IN_CART || "checkout_refused".equals(order.code))
                || order.state == OrderState.REJECTED && simulation.world.poison.contains(order.orderId)
                || order.state == OrderState.HELD && SPEAKS_FOR_ITSELF.contains(order.code);
    }

    private boolean isStuckOnPaused(OrderRow order) {
        return order.account == null
                ? simulation.database.accounts.values().stream().allMatch(row -> row.pauseReason() != null)
                : simulation.database.accounts.get(order.account).pauseReason() != null;
    }

    private OrderRow order(OrderId id) {
        return simulation.database.orders.values().stream()
                .filter(row -> row.orderId.equals(id))
                .findFirst()
                .orElse(null);
    }

    void atTheEnd() {
        for (OrderId id : simulation.accepted) {
            OrderRow order = order(id);
            if (order == null) {
                violation("I2: " + id + " was accepted and is lost");
            } else if (!isSettled(order) && !isStuckOnPaused(order)) {
                violation("I8: " + order + " is not settled");
            } else if (order.state == OrderState.HELD
                    && QuoteCheck.NO_FUNDS.equals(order.code)
                    && !isStuckOnPaused(order)) {
                violation("I8: " + order + " waits although there is credit");
            } else if (order.state == OrderState.HELD
                    && Room.OVER_CAMPAIGN.equals(order.code)
                    && isRoomFor(order)
                    && !isStuckOnPaused(order)) {
                violation("I8: " + order + " waits although its campaign has room");
            } else if (order.state == OrderState.HELD
                    && HELD_BECAUSE.getOrDefault(order.code, simulation.faults.kinds()).stream()
                            .noneMatch(simulation.faults::has)
                    && HELD_BECAUSE.containsKey(order.code)) {
                violation(order + ", and nobody did that");
            } else if (order.state == OrderState.PURCHASED) {
                isInTheLedger(order);
            } else if (isBought(id) && !isStuckOnPaused(order) && !isForgotten(order) && !isPutBackAfterwards(order)) {
                violation("the ledger has " + id + ", and its order is " + order);
            }
        }
        mustBePaused.forEach((item, account) -> {
            boolean paused = simulation.database.accounts.get(account.id).pauseReason() != null;
            if (!paused && !simulation.wasRestored()) {
                violation(
                        "item " + item.id + " was bought besides or once more, and " + account.name + " is not paused");
            }
        });
        simulation.database.accounts.values().forEach(row -> {
            if (row.pauseReason() != null
                    && MAY_PAUSE.stream().noneMatch(simulation.faults::has)
                    && !isForALateTick(row)) {
                violation(row.account().name() + " is paused without a cause: " + row.pauseReason());
            }
        });
        for (CheckoutRow row : simulation.database.checkouts) {
            boolean paused = simulation.database.accounts.get(row.account()).pauseReason() != null;
            if (row.isUnproven() && !paused) {
                violation("I8: checkout " + row.id() + " is never proven");
            }
        }
        for (ReservationRow row : simulation.database.reservations) {
            boolean paused = simulation.database.accounts.get(row.account()).pauseReason() != null;
            if (row.isOpen() && !paused) {
                violation("I3: a reservation is open at the end");
            }
        }
    }

    private boolean isForALateTick(AccountRow row) {
        return simulation.world.accounts.get(row.account().name()).tickedLate.stream()
                .anyMatch(checkout -> row.pauseReason().matches(".*\\bcheckout " + checkout + "\\b.*"));
    }

    /** Somebody put its item back when the order was cancelled for good, and then a person paid it: Purser answers for neither. */
    private boolean isPutBackAfterwards(OrderRow order) {
        Instant out = seenInNoCart.getOrDefault(order.orderId, order.since);
        return order.state == OrderState.CANCELLED
                && simulation.world.ledger.stream()
                        .filter(line ->
                                line.token() != null && line.token().orderId().equals(order.orderId))
                        .allMatch(line -> line.by().byPerson
                                && line.by().begun.isAfter(out)
                                && line.item().putBackAt != null
                                && line.item().putBackAt.isAfter(out));
    }

    /** A restored database does not know of the item that lies in a cart, lets the order be cancelled, and a person pays the item. */
    private boolean isForgotten(OrderRow order) {
        return simulation.wasRestored()
                && order.state == OrderState.CANCELLED
                && simulation.world.ledger.stream()
                        .filter(line ->
                                line.token() != null && line.token().orderId().equals(order.orderId))
                        .allMatch(line -> line.by().byPerson);
    }

    private boolean isRoomFor(OrderRow order) {
        Room.Use use = simulation.database.campaign(order.campaign, simulation.perCampaign);
        Money price = order.quoted == null ? Prices.of(order.spec) : order.quoted.max(Prices.of(order.spec));
        // One in the cart comes first, also one that CoCalc refuses there.
        Money before = Money.sum(simulation.database.orders.values().stream()
                .filter(row -> row.state == OrderState.IN_CART && order.campaign.equals(row.campaign))
                .map(row -> Prices.atMost(row.spec))
                .toList());
        return !use.reserved().plus(use.spent()).plus(price).plus(before).isMoreThan(simulation.perCampaign);
    }

    private boolean isBought(OrderId id) {
        return simulation.world.ledger.stream()
                .anyMatch(line -> line.token() != null && line.token().orderId().equals(id));
    }

    /** Bought outside a checkout that the books know of: until the bill is read it counts at a price that may be cents off. */
    private boolean isGuessed(OrderRow order) {
        return !order.cost.isMoreThan(Prices.atMost(order.spec))
                && !Prices.of(order.spec).isMoreThan(order.cost)
                && simulation.database.checkouts.stream()
                        .flatMap(row -> row.lines().stream())
                        .noneMatch(line -> line.itemId() == order.itemId);
    }

    private void isInTheLedger(OrderRow order) {
        List<Purchase> lines = simulation.world.ledger.stream()
                .filter(line -> order.license.equals(line.license())
                        && line.token() != null
                        && line.token().orderId().equals(order.orderId))
                .toList();
        if (lines.size() != 1) {
            violation(order.orderId + " is PURCHASED, and the ledger does not have its license");
        } else if (!lines.get(0).price().equals(order.cost) && !priceMoved() && !isGuessed(order)) {
            violation(
                    "I3: " + order.orderId + " cost " + lines.get(0).price() + " USD, and the books say " + order.cost);
        }
    }
}
