package dev.purser.provisioning;

import dev.purser.budget.Planned;
import dev.purser.budget.Prices;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.Quote;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.provisioning.Action.Hold.Held;
import dev.purser.provisioning.Standing.PaidLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last look before paying: every ticked item is ours, is what we wrote, and is no dearer than it may be. */
final class QuoteCheck {

    static final String NO_FUNDS = "no_funds";
    static final String ITEM_CHANGED = "item_changed";

    private static final Duration BETWEEN_COCALCS_SERVERS = Duration.ofSeconds(10);

    private final Standing standing;
    private final List<Line> payable;
    private final Settings settings;

    /** @param payable our lines that are to be ticked */
    QuoteCheck(Standing standing, List<Line> payable, Settings settings) {
        this.standing = standing;
        this.payable = payable;
        this.settings = settings;
    }

    Action next(Quote quote) {
        Map<Long, Line> ours = new HashMap<>();
        payable.forEach(line -> ours.put(Objects.requireNonNull(line.itemId()), line));
        List<CartItem> foreign = quote.lines().stream()
                .map(Quote.Line::item)
                .filter(item -> !ours.containsKey(item.id()))
                .toList();
        if (!foreign.isEmpty()) {
            return new Action.Untick(foreign);
        }
        if (quote.lines().size() != ours.size()) {
            return new Action.ReadCart();
        }
        List<Held> holds = new ArrayList<>();
        List<PaidLine> lines = new ArrayList<>();
        Planned planned = Planned.NOTHING;
        for (Quote.Line quoted : quote.lines()) {
            Line line = Objects.requireNonNull(ours.get(quoted.item().id()));
            Money price = priceOf(quoted);
            Optional<Held> objection = difference(line, quoted.item(), settings)
                    .map(text -> new Held(line, ITEM_CHANGED, text, price))
                    .or(() -> dearer(line, quoted.item(), price));
            if (objection.isEmpty()) {
                objection = Fit.objection(line, price, planned, standing);
            }
            if (objection.isPresent()) {
                holds.add(objection.get());
            } else {
                lines.add(new PaidLine(line.ref(), line.orderId(), quoted.item().id(), price));
                planned = planned.plus(line.ask(price));
            }
        }
        if (!holds.isEmpty()) {
            return new Action.Hold(holds);
        }
        Money total = quote.total() == null ? planned.total() : planned.total().max(quote.total());
        List<Held> unpaid = beyond(quote.balance(), total, lines, ours);
        return unpaid.isEmpty() ? new Action.Pay(lines, total, billFrom(quote)) : new Action.Hold(unpaid);
    }

    private static @Nullable Instant billFrom(Quote quote) {
        return quote.lines().stream()
                .map(line -> line.item().added())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(added -> added.minus(BETWEEN_COCALCS_SERVERS))
                .orElse(null);
    }

    /** The documented dialect quotes no prices; then our own price stands in. */
    private static Money priceOf(Quote.Line quoted) {
        return quoted.price() != null
                ? quoted.price()
                : quoted.item().spec().map(Prices::atMost).orElse(Money.ZERO);
    }

    /** What of it is not as Purser wrote it. */
    static Optional<String> difference(Line line, CartItem item, Settings settings) {
        if (!item.product().equals(CartItem.SITE_LICENSE)
                || !Objects.equals(item.projectId(), line.projectId())
                || !Objects.equals(item.description(), line.description(settings))
                || item.spec().isEmpty()
                || !isSame(line.spec(), item.spec().get())) {
            return Optional.of("cart item " + item.id() + " is not what Purser wrote; somebody changed it");
        }
        return Optional.empty();
    }

    private static boolean isSame(LicenseSpec ordered, LicenseSpec quoted) {
        return ordered.user() == quoted.user()
                && ordered.runLimit() == quoted.runLimit()
                && ordered.ram() == quoted.ram()
                && ordered.cpu() == quoted.cpu()
                && ordered.disk() == quoted.disk()
                && ordered.member() == quoted.member()
                && ordered.uptime() == quoted.uptime()
                && ordered.boost() == quoted.boost()
                && ordered.period() == quoted.period()
                && Objects.equals(ordered.title(), quoted.title())
                && isSameRange(ordered, quoted);
    }

    /** CoCalc moves a range that has started forward, first with its end, later without it; never back, and never longer. */
    private static boolean isSameRange(LicenseSpec ordered, LicenseSpec quoted) {
        if (ordered.period() != LicenseSpec.Period.RANGE) {
            return true;
        }
        Instant start = millis(ordered.start());
        Instant end = millis(ordered.end());
        Instant quotedStart = millis(quoted.start());
        Instant quotedEnd = millis(quoted.end());
        if (start.equals(quotedStart) && end.equals(quotedEnd)) {
            return true;
        }
        Duration later = Duration.between(start, quotedStart);
        Duration endLater = Duration.between(end, quotedEnd);
        return !later.isNegative() && !endLater.isNegative() && endLater.compareTo(later) <= 0;
    }

    private static Instant millis(@Nullable Instant instant) {
        return Objects.requireNonNull(instant).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<Held> dearer(Line line, CartItem item, Money price) {
        Money own = Prices.atMost(item.spec().orElseThrow());
        if (price.isMoreThan(own) || Money.ZERO.isMoreThan(price)) {
            return Optional.of(new Held(
                    line,
                    "price_differs",
                    "CoCalc quotes " + price + " USD where Purser's price is " + own + " USD",
                    price));
        }
        return Optional.empty();
    }

    /** From the last line back, what the balance does not cover: CoCalc would grant three dollars more, and we do not take them. */
    private static List<Held> beyond(
            @Nullable BigDecimal balance, Money total, List<PaidLine> lines, Map<Long, Line> ours) {
        List<Held> unpaid = new ArrayList<>();
        if (balance == null) {
            return unpaid;
        }
        Money funds = funds(balance);
        Money rest = total;
        for (int i = lines.size() - 1; i >= 0 && rest.isMoreThan(funds); i--) {
            PaidLine line = lines.get(i);
            rest = rest.minus(line.price());
            unpaid.add(new Held(
                    Objects.requireNonNull(ours.get(line.itemId())),
                    NO_FUNDS,
                    "the purchasing account's balance of " + balance.toPlainString() + " USD does not cover "
                            + line.price() + " USD" + (i == 0 ? "" : " besides the " + i + " before it")
                            + "; add credit",
                    line.price()));
        }
        return unpaid;
    }

    /** What a printed balance stands for at least: balances carry six significant digits (a CoCalc fact). */
    static Money funds(BigDecimal balance) {
        int magnitude = balance.precision() - balance.scale();
        BigDecimal halfOfSixthDigit = magnitude < 5 || balance.signum() == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(5).scaleByPowerOfTen(magnitude - 7);
        return Money.roundedDown(balance.subtract(halfOfSixthDigit));
    }
}
