package dev.purser.provisioning;

import dev.purser.budget.Prices;
import dev.purser.budget.Room;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.Quote;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.orders.OrderState;
import dev.purser.provisioning.Standing.Bought;
import dev.purser.provisioning.Standing.Checkout;
import dev.purser.provisioning.Standing.OpenAdd;
import dev.purser.provisioning.Standing.PaidLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An observation for the decision, made up: everything was looked at, nothing is under way, and there is money. */
final class Situation {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final PurchasingAccount MAIN =
            new PurchasingAccount(UUID.fromString("11111111-1111-4111-8111-111111111111"), "main");
    static final UUID OTHER = UUID.fromString("22222222-2222-4222-8222-222222222222");
    static final LicenseSpec SPEC = new LicenseSpec(
            LicenseSpec.User.ACADEMIC,
            1,
            4,
            1,
            3,
            true,
            LicenseSpec.Uptime.SHORT,
            false,
            LicenseSpec.Period.RANGE,
            Instant.parse("2026-12-01T00:00:00Z"),
            Instant.parse("2027-03-31T23:59:59.999Z"),
            "Calculus",
            "section 2");
    static final Money PRICE = Prices.of(SPEC);

    Settings settings =
            new Settings("main", 15, Duration.ofSeconds(70), Duration.ofSeconds(30), Throttle.parse("3,15,200"), true);
    final List<Line> bound = new ArrayList<>();
    final List<Line> due = new ArrayList<>();
    final List<Line> held = new ArrayList<>();
    final List<OpenAdd> openAdds = new ArrayList<>();
    final Map<Long, Instant> addedSinceLook = new HashMap<>();
    final List<Instant> counted = new ArrayList<>();
    final List<Bought> boughtBefore = new ArrayList<>();
    final Set<Long> foreignTicks = new HashSet<>();
    final List<Room> elsewhere = new ArrayList<>();
    final List<CartItem> cart = new ArrayList<>();
    final List<CartItem> bought = new ArrayList<>();
    final List<Line> others = new ArrayList<>();
    BigDecimal balanceElsewhere;
    Instant retickedAt;
    Duration sinceNewestDue = Duration.ofSeconds(1);
    Optional<Checkout> checkout = Optional.empty();
    Room room = new Room(null, use("1000.00", "0.00"), use(null, "0.00"));
    BigDecimal balance = new BigDecimal("500");
    Instant balanceAt = NOW;
    boolean paused;
    boolean everyoneLooked = true;
    boolean answering = true;
    boolean looked = true;
    final Set<Long> lookedFor = new HashSet<>();
    Instant lookedAt = NOW.minusSeconds(60);
    boolean cartCurrent = true;
    Instant cartAt = NOW;
    Quote quote;
    Seen.Paid paid;
    Suspicion suspicion = Suspicion.NONE;
    Bill bill = Bill.NONE;
    private final Map<Long, Standing.Removal> removals = new HashMap<>();
    final List<Instant> ledgerReads = new ArrayList<>();
    final List<Standing.Unproven> unproven = new ArrayList<>();
    List<CartItem> readBack;
    final Set<OrderToken> inCart = new HashSet<>();

    static Room.Use use(String limit, String spent) {
        return new Room.Use(limit == null ? null : Money.of(limit), Money.ZERO, Money.of(spent));
    }

    Standing standing() {
        Map<OrderId, Line> named = new HashMap<>();
        others.forEach(line -> named.put(line.orderId(), line));
        held.forEach(line -> named.put(line.orderId(), line));
        due.forEach(line -> named.put(line.orderId(), line));
        bound.forEach(line -> named.put(line.orderId(), line));
        return new Standing(
                NOW,
                MAIN,
                paused,
                lookedAt,
                balance,
                balanceAt,
                bound,
                named,
                due,
                sinceNewestDue,
                held,
                openAdds,
                addedSinceLook,
                0,
                counted,
                checkout,
                boughtBefore,
                foreignTicks,
                retickedAt,
                room,
                elsewhere.stream()
                        .map(other -> new Standing.Elsewhere(other, balanceElsewhere))
                        .toList(),
                everyoneLooked,
                new Standing.Billing(ledgerReads, unproven),
                List.copyOf(removals.values()));
    }

    Action decide() {
        Seen seen = new Seen(
                looked ? lookedFor : null,
                new LiveCart(cart, cartAt, cartCurrent, inCart),
                bought,
                Optional.ofNullable(quote),
                paid,
                Optional.ofNullable(readBack),
                suspicion,
                bill,
                Set.of());
        return Decision.decide(standing(), seen, settings, answering);
    }

    /** The last time counts. */
    void takenOut(Line line, long item, Instant at) {
        removals.put(item, new Standing.Removal(line.ref(), item, at));
    }

    static Line line(long ref, OrderState state, UUID account, Long item) {
        return line(ref, state, account, item, null);
    }

    static Line line(long ref, OrderState state, UUID account, Long item, Money maxCost) {
        return new Line(
                ref,
                new OrderId("order-" + ref),
                state,
                null,
                account,
                item,
                SPEC,
                null,
                maxCost,
                null,
                null,
                false,
                null,
                Prices.of(SPEC));
    }

    /** An order whose range was over a second ago. */
    static Line ended(long ref) {
        return ranging(ref, NOW.minus(Duration.ofDays(30)), NOW.minusSeconds(1));
    }

    /** An order for two of CoCalc's months, whose price falls on a cent: CoCalc may ask one more. */
    static Line onACent(long ref) {
        Instant start = Instant.parse("2027-01-01T00:00:00Z");
        return ranging(ref, start, start.plus(Duration.ofDays(61)));
    }

    private static Line ranging(long ref, Instant start, Instant end) {
        LicenseSpec spec = new LicenseSpec(
                SPEC.user(),
                SPEC.runLimit(),
                SPEC.ram(),
                SPEC.cpu(),
                SPEC.disk(),
                SPEC.member(),
                SPEC.uptime(),
                SPEC.boost(),
                SPEC.period(),
                start,
                end,
                SPEC.title(),
                SPEC.description());
        return new Line(
                ref,
                new OrderId("order-" + ref),
                OrderState.RESOLVED,
                null,
                null,
                null,
                spec,
                null,
                null,
                null,
                null,
                false,
                null,
                Prices.of(spec));
    }

    static Line heldFor(long ref, String code) {
        return new Line(
                ref,
                new OrderId("order-" + ref),
                OrderState.HELD,
                code,
                MAIN.id(),
                null,
                SPEC,
                null,
                null,
                PRICE,
                null,
                false,
                null,
                Prices.of(SPEC));
    }

    static Line withState(Line line, OrderState state, String code) {
        return changed(line, state, code, line.cancelAsked(), line.campaign());
    }

    static Line parked(Line line) {
        return withState(line, line.state(), "unknown_parked");
    }

    static Line of(Line line, String campaign) {
        return changed(line, line.state(), line.code(), line.cancelAsked(), campaign);
    }

    static Line askedToCancel(Line line) {
        return changed(line, line.state(), line.code(), true, line.campaign());
    }

    static Line quotedAt(Line line, Money quoted) {
        return changed(line, line.state(), line.code(), line.cancelAsked(), line.campaign(), quoted);
    }

    private static Line changed(Line line, OrderState state, String code, boolean cancelAsked, String campaign) {
        return changed(line, state, code, cancelAsked, campaign, line.quotedCost());
    }

    private static Line changed(
            Line line, OrderState state, String code, boolean cancelAsked, String campaign, Money quoted) {
        return new Line(
                line.ref(),
                line.orderId(),
                state,
                code,
                line.account(),
                line.itemId(),
                line.spec(),
                line.projectId(),
                line.maxCost(),
                quoted,
                line.approvedCost(),
                cancelAsked,
                campaign,
                line.ownPrice());
    }

    Line due(long ref) {
        Line line = line(ref, OrderState.RESOLVED, null, null);
        due.add(line);
        return line;
    }

    /** At the last look or since. */
    void wasInCart(Line line) {
        inCart.add(new OrderToken(settings.instance(), line.orderId()));
    }

    /** An order of ours with its item in the live cart, ticked. */
    Line inCart(long ref, long item) {
        Line line = line(ref, OrderState.IN_CART, MAIN.id(), item);
        bound.add(line);
        cart.add(item(item, line));
        return line;
    }

    CartItem item(long id, Line line) {
        return item(id, line.description(settings), true, SPEC);
    }

    static CartItem item(long id, String description, boolean checked, LicenseSpec spec) {
        LicenseSpec written = new LicenseSpec(
                spec.user(),
                spec.runLimit(),
                spec.ram(),
                spec.cpu(),
                spec.disk(),
                spec.member(),
                spec.uptime(),
                spec.boost(),
                spec.period(),
                spec.start(),
                spec.end(),
                spec.title(),
                description);
        return new CartItem(id, NOW, checked, "site-license", Optional.of(written), description, null, null);
    }

    static CartItem foreign(long id, boolean checked) {
        return item(id, "somebody's own", checked, SPEC);
    }

    static CartItem purchased(CartItem item, Instant time) {
        return new CartItem(
                item.id(),
                item.added(),
                item.checked(),
                item.product(),
                item.spec(),
                item.description(),
                item.projectId(),
                new CartItem.Purchased(time, true, new UUID(0, item.id())));
    }

    /** CoCalc quotes every ticked item of the cart at our own price. */
    void quoteTheCart() {
        List<Quote.Line> lines = cart.stream()
                .filter(CartItem::checked)
                .map(item -> new Quote.Line(item, PRICE))
                .toList();
        quote = new Quote(
                balance, Money.sum(lines.stream().map(Quote.Line::price).toList()), lines);
    }

    /** A checkout of everything that is in the cart is written down. */
    void open(Checkout.State state, Instant disarmedAt) {
        OrderState orderState = state == Checkout.State.PAYING ? OrderState.CHECKING_OUT : OrderState.UNKNOWN;
        List<PaidLine> lines = bound.stream()
                .map(line -> new PaidLine(line.ref(), line.orderId(), line.itemId(), PRICE))
                .toList();
        bound.replaceAll(line -> line(line.ref(), orderState, MAIN.id(), line.itemId()));
        checkout = Optional.of(new Checkout(9, state, NOW.minusSeconds(5), disarmedAt, lines, NOW.minusSeconds(9)));
    }

    void answered(Answer<Boolean> answer) {
        paid = new Seen.Paid(9, answer);
    }
}
