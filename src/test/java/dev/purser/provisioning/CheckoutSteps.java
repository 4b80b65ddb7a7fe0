package dev.purser.provisioning;

import dev.purser.cocalc.LedgerLine;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.PaidLine;
import dev.purser.provisioning.Standing.Unproven;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Payments, from their writing down to their bill. What is known of an open one is never old: its account's holder alone changes it. */
final class CheckoutSteps {

    private final TwoStores both;
    private final Random random;
    private long purchase = 5000;
    private int writtenDown;

    CheckoutSteps(TwoStores both) {
        this.both = both;
        this.random = both.random;
    }

    int writtenDown() {
        return writtenDown;
    }

    void step() {
        both.observe();
        Standing seen = both.side().sim;
        if (seen.openCheckout().isPresent()) {
            resolve(seen.openCheckout().get());
        } else if (!seen.billing().unproven().isEmpty() && random.nextBoolean()) {
            book(seen.billing().unproven().get(0));
        } else {
            writeDown();
        }
    }

    private Lease lease() {
        return both.side().lease;
    }

    private void writeDown() {
        List<OrderId> ids = both.some(
                4,
                line -> both.isMine(line)
                        && line.itemId() != null
                        && (line.state() == OrderState.IN_CART || random.nextInt(20) == 0));
        if (ids.isEmpty()) {
            return;
        }
        List<Money> prices = ids.stream()
                .map(id -> Money.ofCents(1000 + random.nextInt(2000)))
                .toList();
        Money total = Money.sum(prices).plus(Money.ofCents(random.nextInt(2)));
        // An item that is not the order's any more.
        long off = random.nextInt(20) == 0 ? 1000 : 0;
        if (random.nextInt(3) == 0) {
            both.people("half of the lease is over", world -> world.age(both.account()));
        }
        both.call(
                        "write down " + ids + " " + prices,
                        known -> known.store().checkouts().writeDown(lease(), pay(known, ids, off, prices, total)),
                        (world, checkout) -> "written: " + checkout.isPresent())
                .filter(results -> results.sim().isPresent())
                .ifPresent(results -> writtenDown++);
    }

    private static Action.Pay pay(TwoStores.Known known, List<OrderId> ids, long off, List<Money> prices, Money total) {
        List<PaidLine> paid = new ArrayList<>();
        for (OrderId id : ids) {
            Line line = known.line(id);
            paid.add(new PaidLine(line.ref(), id, line.itemId() + off, prices.get(ids.indexOf(id))));
        }
        paid.sort(Comparator.comparing(PaidLine::orderRef));
        return new Action.Pay(paid, total, TwoStores.START);
    }

    private void resolve(Checkout open) {
        int which = random.nextInt(3);
        List<Long> items = open.lines().stream()
                .map(PaidLine::itemId)
                .filter(each -> random.nextInt(4) > 0)
                .toList();
        String pause = random.nextInt(10) == 0 ? "more was bought" : null;
        Instant at = Instant.now();
        both.run("resolve " + open.state() + " " + which + " bought " + items, known -> {
            Checkouts checkouts = known.store().checkouts();
            Checkout checkout = known.standing().openCheckout().orElseThrow();
            if (open.state() == Checkout.State.PAYING && which == 0) {
                checkouts.callOff(lease(), checkout, "refused");
            } else if (open.state() == Checkout.State.PAYING && which == 1) {
                checkouts.doubt(lease(), checkout, "lost");
            } else if (open.state() == Checkout.State.DOUBTED) {
                checkouts.disarmed(lease(), checkout);
            } else {
                List<Bought> bought = checkout.lines().stream()
                        .filter(line -> items.contains(line.itemId()))
                        .map(line -> new Bought(
                                known.line(line.orderId()),
                                both.account().id(),
                                line.itemId(),
                                SimWorld.license(line.itemId()),
                                at))
                        .toList();
                List<PaidLine> rest = checkout.lines().stream()
                        .filter(line -> !items.contains(line.itemId()))
                        .toList();
                checkouts.close(lease(), new Action.Close(checkout, bought, rest, Map.of(), pause));
            }
        });
    }

    /** Some are a cent dearer, however often they are read. */
    private static Money dearer(PaidLine line) {
        return line.price().plus(Money.ofCents(line.itemId() % 4 == 0 ? 1 : 0));
    }

    /** Now and then with something that was billed twice. */
    private void book(Unproven shown) {
        boolean complete = random.nextBoolean();
        boolean twice = random.nextInt(5) == 0 && !shown.lines().isEmpty();
        long first = purchase;
        purchase += 20;
        both.run("book " + shown.lines() + " complete " + complete + " twice " + twice, known -> {
            Unproven checkout = known.standing().billing().unproven().get(0);
            Map<PaidLine, LedgerLine> billed = new LinkedHashMap<>();
            checkout.lines().forEach(line -> billed.put(line, billed(first + billed.size(), line, dearer(line))));
            List<LedgerLine> extra = twice
                    ? List.of(billed(
                            first + 15,
                            checkout.lines().get(0),
                            checkout.lines().get(0).price()))
                    : List.of();
            known.store()
                    .bills()
                    .book(
                            lease(),
                            List.of(new Bill.Verdict(
                                    checkout, billed, extra, complete || twice, twice ? "BILLED_TWICE" : null)));
        });
    }

    private static LedgerLine billed(long number, PaidLine line, Money cost) {
        return new LedgerLine(number, TwoStores.START, cost, line.itemId(), SimWorld.license(line.itemId()), null);
    }
}
