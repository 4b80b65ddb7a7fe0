package dev.purser.provisioning;

import dev.purser.cocalc.CartItem;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.AddIntents.Answered;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.AddIntents.Result;
import dev.purser.provisioning.Standing.Bought;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random operations of two holders on two accounts. What was observed may be old by the time it is used, as in the engine. */
final class StoreSteps {

    private static final List<String> CODES = List.of(
            "over_day_budget",
            "over_campaign_budget",
            "needs_approval",
            "no_funds",
            "price_differs",
            Books.ITEM_REMOVED,
            Books.REFUSED);

    private final TwoStores both;
    private final Random random;
    private final CheckoutSteps checkouts;
    /** What was seen bought the last time, on each account, may be seen there again. */
    private final Map<PurchasingAccount, List<CartItem>> lookedAt = new HashMap<>();

    private long item = 100;

    StoreSteps(TwoStores both) {
        this.both = both;
        this.random = both.random;
        this.checkouts = new CheckoutSteps(both);
    }

    int writtenDown() {
        return checkouts.writtenDown();
    }

    void step() {
        both.at(random.nextInt(4) == 0 ? 1 : 0, random.nextInt(3) == 0 ? 1 : 0);
        if (both.side().lease == null || random.nextInt(12) == 0) {
            both.acquire();
        } else if (both.side().sim == null || random.nextBoolean()) {
            both.observe();
        }
        if (both.side().lease == null || both.side().sim == null) {
            return;
        }
        if (random.nextInt(12) == 0) {
            both.people("the lease runs out", world -> world.expire(both.account()));
        }
        switch (random.nextInt(36)) {
            case 0, 21, 22 -> people();
            case 1, 20 -> pauses();
            case 2, 3, 4 -> plan();
            case 5, 6 -> answered();
            case 7, 23 -> giveUp();
            case 8, 9, 10 -> adopt();
            case 11 -> looked();
            case 12 -> settle();
            case 13, 14, 24 -> hold();
            case 15 -> holding();
            case 16 -> removed();
            case 17 -> freed();
            case 18, 25 -> ticks();
            case 19 -> leave();
            default -> checkouts.step();
        }
    }

    private Lease lease() {
        return both.side().lease;
    }

    private void people() {
        OrderId id = both.orders.get(random.nextInt(both.orders.size()));
        switch (random.nextInt(7)) {
            case 4 -> both.people("reopen " + id, world -> world.reopen(id));
            case 5 -> both.people("half of the lease is over", world -> world.age(both.account()));
            case 0, 6 -> both.people("cancel " + id, world -> world.cancel(id));
            case 1 -> both.people("approve all", world -> both.orders.forEach(world::approve));
            default -> {
                if (both.orders.size() < 12) {
                    both.order();
                }
            }
        }
    }

    private void pauses() {
        PurchasingAccount which = random.nextInt(8) == 0 ? null : both.account();
        if (random.nextInt(6) == 0) {
            both.people("pause " + which, world -> world.pause(which));
        } else {
            both.people("resume " + which, world -> world.resume(which));
        }
    }

    private void plan() {
        List<OrderId> ids = both.some(4, line -> true);
        both.call(
                        "plan " + ids,
                        known -> known.store().adds().plan(lease(), known.lines(ids)),
                        (world, planned) -> planned.stream()
                                .map(each -> each.line().orderId().value())
                                .sorted()
                                .toList()
                                .toString())
                .filter(results -> !results.sql().isEmpty())
                .ifPresent(results -> both.side().planned.addAll(List.of(results.sql(), results.sim())));
    }

    private void answered() {
        if (both.side().planned.isEmpty()) {
            return;
        }
        List<Planned> sql = both.side().planned.remove(0);
        List<Planned> sim = both.side().planned.remove(0);
        Map<OrderId, Answered> answers = new LinkedHashMap<>();
        for (Planned each : sim) {
            Result result = random.nextInt(4) == 0 ? null : Result.values()[random.nextInt(Result.values().length)];
            String words = result == Result.REFUSED || result == null && random.nextBoolean() ? "no" : null;
            answers.put(each.line().orderId(), new Answered(each, result, 3, words));
        }
        both.run("answered " + answers.values(), known -> known.store()
                .adds()
                .answered(
                        lease(),
                        (known.simulated() ? sim : sql)
                                .stream()
                                        .map(each -> {
                                            Answered answer =
                                                    answers.get(each.line().orderId());
                                            return new Answered(each, answer.result(), 3, answer.words());
                                        })
                                        .toList()));
    }

    private void giveUp() {
        if (!both.side().sim.openAdds().isEmpty()) {
            both.run("give up", known -> known.store()
                    .adds()
                    .giveUp(lease(), known.standing().openAdds()));
        }
    }

    private void adopt() {
        List<OrderId> ids = both.some(3, line -> line.state() == OrderState.RESOLVED);
        long first = number(ids.size());
        Instant added = random.nextInt(4) == 0 ? null : Instant.now().minusSeconds(random.nextInt(2) * 10L);
        both.run("adopt " + ids + " from " + first + " of " + added, known -> {
            Map<Line, CartItem> items = new LinkedHashMap<>();
            ids.forEach(id -> items.put(known.line(id), live(first + ids.indexOf(id), added)));
            known.store().books().adopt(lease(), items);
        });
    }

    /** @param added by CoCalc's clock */
    static CartItem live(long number, Instant added) {
        return new CartItem(number, added, true, CartItem.SITE_LICENSE, Optional.empty(), null, null, null);
    }

    private long number(int items) {
        long first = item;
        item += items;
        return first;
    }

    private void looked() {
        List<CartItem> items = random.nextBoolean()
                ? lookedAt.getOrDefault(both.account(), List.of())
                : both.some(2, line -> true).stream()
                        .map(id -> bought(id, number(1)))
                        .map(this::ofSomebodyOrUnpaid)
                        .toList();
        lookedAt.put(both.account(), items);
        Instant at = Instant.now();
        List<OrderId> inCart = both.some(3, line -> true);
        List<CartItem> cart = inCart.stream().map(id -> bought(id, number(1))).toList();
        both.run(
                "looked " + items.stream().map(CartItem::id).toList() + " beside " + inCart,
                known -> known.store().bought().looked(lease(), items, cart, at));
    }

    static CartItem bought(OrderId id, long number) {
        return bought(number, new OrderToken("main", id).appendTo(null), true);
    }

    private static CartItem bought(long number, String description, boolean paid) {
        return new CartItem(
                number,
                TwoStores.START,
                true,
                CartItem.SITE_LICENSE,
                Optional.empty(),
                description,
                null,
                new CartItem.Purchased(
                        TwoStores.START.plusSeconds(number), paid, paid ? SimWorld.license(number) : null));
    }

    /** Now and then of another installation, or begun to be paid by card. */
    private CartItem ofSomebodyOrUnpaid(CartItem item) {
        return switch (random.nextInt(6)) {
            case 0 -> bought(item.id(), item.description().replace("purser:main:", "purser:other:"), true);
            case 1 -> bought(item.id(), item.description(), false);
            default -> item;
        };
    }

    private void settle() {
        List<OrderId> ids = both.some(2, line -> true);
        long first = number(ids.size());
        Instant at = Instant.now();
        both.run("settle " + ids + " from " + first, known -> {
            List<Bought> bought = new ArrayList<>();
            for (OrderId id : ids) {
                long number = first + ids.indexOf(id);
                bought.add(new Bought(known.line(id), both.account().id(), number, SimWorld.license(number), at));
            }
            known.store().bought().settle(lease(), bought, each -> both.account());
        });
    }

    /** Why and at what each is to be held. */
    private Map<OrderId, Held> reasons(List<OrderId> ids) {
        Map<OrderId, Held> reasons = new LinkedHashMap<>();
        for (OrderId id : ids) {
            String code = random.nextInt(3) == 0 ? Books.ITEM_REMOVED : CODES.get(random.nextInt(CODES.size()));
            if (code.equals(Books.ITEM_REMOVED) && both.side().line(id).itemId() == null) {
                continue;
            }
            Money quoted = random.nextBoolean() && !code.equals("needs_approval")
                    ? null
                    : Money.ofCents(1000 + random.nextInt(4000));
            reasons.put(id, new Held(both.side().line(id), code, "because of " + code, quoted));
        }
        return reasons;
    }

    private static List<Held> held(TwoStores.Known known, Map<OrderId, Held> reasons) {
        return reasons.entrySet().stream()
                .map(each -> new Held(
                        known.line(each.getKey()),
                        each.getValue().code(),
                        each.getValue().message(),
                        each.getValue().quoted()))
                .toList();
    }

    private void hold() {
        Map<OrderId, Held> reasons = reasons(both.some(2, line -> both.isMine(line) && line.isOpen()));
        both.run("hold " + reasons.values(), known -> known.store().books().hold(lease(), held(known, reasons)));
    }

    private void holding() {
        Map<OrderId, Held> reasons = reasons(both.some(2, line -> both.isMine(line) && line.itemId() != null));
        both.run("holding " + reasons.values(), known -> known.store().books().holding(lease(), held(known, reasons)));
    }

    private void removed() {
        both.some(1, line -> both.isMine(line) && line.itemId() != null).forEach(id -> {
            long number = both.side().line(id).itemId();
            both.run("removed " + number, known -> known.store().books().removed(lease(), known.line(id), number));
        });
    }

    private void freed() {
        List<OrderId> ids = both.some(3, Line::isOpen);
        if (ids.isEmpty()) {
            return;
        }
        switch (random.nextInt(3)) {
            case 0 -> both.run("release " + ids, known -> known.store().books().release(lease(), known.lines(ids)));
            case 1 -> both.run("cancel " + ids, known -> known.store().books().cancel(lease(), known.lines(ids)));
            default ->
                both.run("reject " + ids, known -> known.store().books().reject(lease(), known.line(ids.get(0)), "no"));
        }
    }

    private void ticks() {
        long number = foreignItem();
        int which = both.side().sim.foreignTicks().contains(number) ? random.nextInt(3) : 0;
        both.run("tick " + number + " " + which, known -> {
            ForeignTicks ticks = known.store().ticks();
            switch (which) {
                case 0 -> ticks.noteTicks(lease(), List.of(bought(both.orders.get(0), number)));
                case 1 -> ticks.noteRetick(lease(), number);
                default -> ticks.tickRestored(lease(), number);
            }
        });
    }

    /** An item lies in one cart only (a CoCalc fact). */
    private long foreignItem() {
        return (both.account().name().startsWith("first") ? 50 : 60) + random.nextInt(3);
    }

    private void leave() {
        switch (random.nextInt(3)) {
            case 0 -> both.run("renew", known -> known.store().leases().renew(lease()));
            case 1 -> both.run("leave", known -> known.store().leases().release(lease()));
            default ->
                both.people("balance", world -> world.store(0)
                        .accounts()
                        .balance(both.account(), Money.of("250.00").usd()));
        }
    }
}
