package dev.purser.provisioning;

import dev.purser.budget.Prices;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.CoCalc.LedgerPage;
import dev.purser.cocalc.CoCalc.LedgerQuery;
import dev.purser.cocalc.Quote;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderToken;
import dev.purser.provisioning.SimCoCalc.Account;
import dev.purser.provisioning.SimCoCalc.Item;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** CoCalc is asked wrongly, or its answers are misread. */
final class BugsAtTheDoor {

    private BugsAtTheDoor() {}

    private static final class AtTheDoor extends PlantedBug {

        private final BiFunction<SimDoor, Account, CoCalc> cocalc;

        AtTheDoor(String name, BiFunction<SimDoor, Account, CoCalc> cocalc, Faults.Kind... shownBy) {
            super(name, shownBy);
            this.cocalc = cocalc;
        }

        @Override
        CoCalc cocalc(SimDoor door, Account account) {
            return cocalc.apply(door, account);
        }
    }

    static List<PlantedBug> all() {
        return List.of(
                new AtTheDoor("a checkout is sent again after a time-out", (door, account) -> door.new Client(account) {
                    @Override
                    public Answer<Boolean> checkout() {
                        Answer<Boolean> first = super.checkout();
                        return first instanceof Answer.Unknown ? super.checkout() : first;
                    }
                }),
                new AtTheDoor("a lost checkout counts as not sent", (door, account) -> door.new Client(account) {
                    @Override
                    public Answer<Boolean> checkout() {
                        Answer<Boolean> answer = super.checkout();
                        return answer instanceof Answer.Unknown ? new Answer.NotSent<>("lost") : answer;
                    }
                }),
                new AtTheDoor("what was bought is never looked at", (door, account) -> door.new Client(account) {
                    @Override
                    public Answer<List<CartItem>> everPurchased() {
                        return super.everPurchased().map(items -> List.of());
                    }

                    @Override
                    public Answer<List<CartItem>> recentPurchases(Duration window) {
                        return super.recentPurchases(window).map(items -> List.of());
                    }
                }),
                new AtTheDoor("settled by the success flag", (door, account) -> door.new Client(account) {
                    private boolean success;

                    @Override
                    public Answer<Boolean> checkout() {
                        Answer<Boolean> answer = super.checkout();
                        success = answer instanceof Answer.Done;
                        believed.clear();
                        believed.addAll(account.quoted);
                        return answer;
                    }

                    private final List<Long> believed = new ArrayList<>();

                    @Override
                    public Answer<LedgerPage> purchases(LedgerQuery query) {
                        return success ? new Answer.Unknown<>("not asked") : super.purchases(query);
                    }

                    @Override
                    public Answer<List<CartItem>> recentPurchases(Duration window) {
                        return super.recentPurchases(window).map(items -> {
                            List<CartItem> told = new ArrayList<>(items);
                            if (success) {
                                account.cart.values().stream()
                                        .filter(item -> believed.contains(item.id) && item.purchased == null)
                                        .forEach(item -> told.add(believedBought(item)));
                                success = false;
                            }
                            return told;
                        });
                    }
                }),
                new AtTheDoor("what else the quote shows is not seen", (door, account) -> door.new Client(account) {
                    @Override
                    public Answer<Quote> quote() {
                        return super.quote().map(BugsAtTheDoor::onlyOurs);
                    }

                    @Override
                    public Answer<List<CartItem>> cart() {
                        return super.cart().map(items -> items.stream()
                                .filter(item ->
                                        OrderToken.find(item.description()).isPresent())
                                .toList());
                    }
                }),
                new AtTheDoor("the quoted price is not compared", (door, account) -> door.new Client(account) {
                    @Override
                    public Answer<Quote> quote() {
                        return super.quote().map(BugsAtTheDoor::atOurPrice);
                    }
                }),
                new AtTheDoor(
                        "the three dollars that CoCalc grants are taken", (door, account) -> door.new Client(account) {
                            @Override
                            public Answer<Quote> quote() {
                                return super.quote()
                                        .map(quote -> new Quote(
                                                quote.balance().add(BigDecimal.valueOf(3)),
                                                quote.total(),
                                                quote.lines()));
                            }
                        }),
                new AtTheDoor(
                        "what the ledger has twice counts once",
                        (door, account) -> door.new Client(account) {
                            @Override
                            public Answer<LedgerPage> purchases(LedgerQuery query) {
                                Set<Long> items = new HashSet<>();
                                return super.purchases(query)
                                        .map(page -> new LedgerPage(
                                                page.lines().stream()
                                                        .filter(line -> items.add(line.at("/description/item/id")
                                                                .asLong()))
                                                        .toList(),
                                                page.balance()));
                            }
                        },
                        Faults.Kind.PAID_TWICE),
                new AtTheDoor("an item is held and stays in the cart", (door, account) -> door.new Client(account) {
                    @Override
                    public Answer<Integer> remove(long itemId) {
                        return new Answer.Done<>(1);
                    }
                }),
                new AtTheDoor("a lost addition is given up at once", (door, account) -> door.new Client(account) {
                    @Override
                    public Answer<Integer> addToCart(LicenseSpec spec, String description, UUID projectId) {
                        Answer<Integer> answer = super.addToCart(spec, description, projectId);
                        return answer instanceof Answer.Unknown ? new Answer.NotSent<>("lost") : answer;
                    }
                }));
    }

    private static CartItem believedBought(Item item) {
        CartItem shown = item.shown();
        return new CartItem(
                shown.id(),
                shown.added(),
                shown.checked(),
                shown.product(),
                shown.spec(),
                shown.description(),
                shown.projectId(),
                new CartItem.Purchased(item.added, true, new UUID(9, item.id)));
    }

    private static Quote onlyOurs(Quote quote) {
        List<Quote.Line> ours = quote.lines().stream()
                .filter(line -> OrderToken.find(line.item().description()).isPresent())
                .toList();
        return new Quote(
                quote.balance(), Money.sum(ours.stream().map(Quote.Line::price).toList()), ours);
    }

    private static Quote atOurPrice(Quote quote) {
        List<Quote.Line> lines = quote.lines().stream()
                .map(line ->
                        new Quote.Line(line.item(), Prices.of(line.item().spec().orElseThrow())))
                .toList();
        return new Quote(
                quote.balance(), Money.sum(lines.stream().map(Quote.Line::price).toList()), lines);
    }
}
