package dev.purser.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.budget.Prices;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Quote;
import dev.purser.cocalc.Refusal;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** CoCalc as the recordings show it: carts, balances and the ledger, without any lock between two checkouts. */
final class SimCoCalc {

    private static final Money SLACK = Money.of("3.00");

    private final Supplier<Instant> now;
    final Map<String, Account> accounts = new TreeMap<>();
    /** Orders whose item CoCalc does not sell. */
    final Set<OrderId> poison = new HashSet<>();
    /** In words that are known or not. */
    Refusal refusal = Refusal.BAD_ITEM;

    final List<Purchase> ledger = new ArrayList<>();
    private long ids;
    private boolean deliveredAgain;

    /** Whatever it adds is the network's doing. */
    void deliverAgain(Runnable request) {
        deliveredAgain = true;
        request.run();
        deliveredAgain = false;
    }

    SimCoCalc(Supplier<Instant> now) {
        this.now = now;
    }

    /** @param by the checkout that booked it. @param token null for somebody's own item */
    record Purchase(
            long id, Account account, Item item, OrderToken token, Money price, Instant at, Checkout by, UUID license) {

        JsonNode json() {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("id", id).put("time", at.toString()).put("cost", price.usd());
            ObjectNode description = line.putObject("description").put("license_id", license.toString());
            ObjectNode sold = description.putObject("item").put("id", item.id);
            sold.putObject("description").put("description", item.description);
            return line;
        }
    }

    static final class Item {
        final long id;
        final LicenseSpec spec;
        final String description;
        final Instant added;
        final OrderToken token;
        boolean checked = true;
        /** Delivered a second time by the network. */
        boolean doubled;

        /** When a person put it back last after it had been taken out. */
        Instant putBackAt;

        boolean tickedByPurser;
        boolean removed;
        CartItem.Purchased purchased;

        Item(long id, LicenseSpec spec, String description, Instant added) {
            this.id = id;
            this.spec = spec;
            this.description = description;
            this.added = added;
            this.token = OrderToken.find(description).orElse(null);
        }

        boolean isLive() {
            return !removed && purchased == null;
        }

        CartItem shown() {
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
            return new CartItem(
                    id, added, checked, CartItem.SITE_LICENSE, Optional.of(written), description, null, purchased);
        }
    }

    /** One request to buy, from when the cart was read until it is booked. */
    static final class Checkout {
        final boolean byPerson;
        /** Delivered a second time. */
        boolean doubled;

        final List<Item> items;
        final Instant begun;

        Checkout(boolean byPerson, List<Item> items, Instant begun) {
            this.byPerson = byPerson;
            this.items = items;
            this.begun = begun;
        }
    }

    final class Account {
        final String name;
        final UUID id;
        final Map<Long, Item> cart = new TreeMap<>(Collections.reverseOrder());
        final List<Checkout> running = new ArrayList<>();
        final List<Long> additionsSent = new ArrayList<>();
        /** Requests that are on their way although their sender has given up waiting. */
        final List<Runnable> late = new ArrayList<>();

        /** Everything that the last quote showed, and whether it was dear: a careful buyer has seen it. */
        Set<Long> quoted = new HashSet<>();

        boolean quotedDear;
        long quotedAt;
        /** Our checkouts for which a tick that Purser had given up arrived after the quote, and its item was bought along. */
        final Set<Long> tickedLate = new HashSet<>();

        final Deque<Long> calls = new ArrayDeque<>();

        Instant cartShownAt = Instant.MIN;

        BigDecimal balance;
        /** Somebody else, in the same cart. */
        Runnable meddler = () -> {};
        /** Somebody who puts a removed item back. */
        Runnable putter = () -> {};
        /** Somebody who presses the pay button, and how long CoCalc takes for it. */
        Consumer<Duration> payer = lasting -> {};
        /** Somebody who pauses it, or lets it go on. */
        Runnable pauser = () -> {};

        boolean keyCounts = true;
        double priceFactor = 1;

        Account(String name, UUID id, Money balance) {
            this.name = name;
            this.id = id;
            this.balance = balance.usd();
        }

        List<Item> live() {
            return cart.values().stream().filter(Item::isLive).toList();
        }

        List<Item> ticked() {
            return live().stream().filter(item -> item.checked).toList();
        }

        Item add(LicenseSpec spec, String description) {
            Item item = new Item(++ids, spec, description, now.get());
            item.doubled = deliveredAgain;
            cart.put(item.id, item);
            return item;
        }

        List<CartItem> boughtSince(Instant since) {
            return cart.values().stream()
                    .filter(item ->
                            item.purchased != null && !item.purchased.time().isBefore(since))
                    .map(Item::shown)
                    .toList();
        }

        CoCalc.LedgerPage page(Instant since) {
            return new CoCalc.LedgerPage(
                    ledger.stream()
                            .filter(line -> line.account() == this && !line.at().isBefore(since))
                            .map(Purchase::json)
                            .toList(),
                    printedBalance());
        }

        Money price(Item item) {
            // It reckons in floats: what falls exactly on a cent may come out higher.
            Money price = item.id % 2 == 0 ? Prices.of(item.spec) : Prices.atMost(item.spec);
            return Money.roundedUp(price.usd().multiply(BigDecimal.valueOf(priceFactor)));
        }

        Money total(List<Item> items) {
            return Money.sum(items.stream().map(this::price).toList());
        }

        BigDecimal printedBalance() {
            return balance.round(new MathContext(6));
        }

        boolean isPoisoned() {
            return ticked().stream().anyMatch(item -> item.token != null && poison.contains(item.token.orderId()));
        }

        Quote quote() {
            List<Quote.Line> lines = ticked().stream()
                    .map(item -> new Quote.Line(item.shown(), price(item)))
                    .toList();
            return new Quote(printedBalance(), total(ticked()), lines);
        }

        void shown(Quote quote) {
            quoted = new HashSet<>(
                    quote.lines().stream().map(line -> line.item().id()).toList());
            quotedDear = quote.lines().stream().anyMatch(line -> line.price()
                    .isMoreThan(Prices.atMost(line.item().spec().orElseThrow())));
        }

        /** Reads the cart and answers what is about to be booked; empty when it is refused. */
        Optional<Checkout> begin(boolean byPerson) {
            List<Item> items = ticked();
            if (isPoisoned()
                    || new Money(balance.setScale(2, RoundingMode.DOWN))
                                    .plus(SLACK)
                                    .compareTo(total(items))
                            < 0) {
                return Optional.empty();
            }
            Checkout checkout = new Checkout(byPerson, items, now.get());
            running.add(checkout);
            return Optional.of(checkout);
        }

        /** One transaction; an item that another checkout has booked meanwhile is booked once more. */
        void book(Checkout checkout) {
            running.remove(checkout);
            Instant at = now.get();
            int position = 0;
            for (Item item : checkout.items) {
                Money price = price(item);
                UUID license = new UUID(7 ^ id.getMostSignificantBits(), ++ids);
                // The cart tells each item's own time, the ledger that of the transaction.
                item.purchased = new CartItem.Purchased(at.plusMillis(10 + 12L * position++), true, license);
                balance = balance.subtract(price.usd());
                ledger.add(new Purchase(++ids, this, item, item.token, price, at, checkout, license));
            }
        }
    }

    Account open(String name, UUID id, Money balance) {
        Account account = new Account(name, id, balance);
        accounts.put(name, account);
        return account;
    }

    static <T> Answer<T> notSignedIn() {
        return new Answer.NotSignedIn<>("must be signed in");
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
