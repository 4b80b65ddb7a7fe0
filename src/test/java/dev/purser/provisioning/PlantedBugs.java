package dev.purser.provisioning;

import dev.purser.budget.Prices;
import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.cocalc.Quote;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderToken;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.SimCoCalc.Account;
import dev.purser.provisioning.SimCoCalc.Item;
import dev.purser.provisioning.SimDatabase.AccountRow;
import dev.purser.provisioning.SimDatabase.Sent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The mistakes that the simulation must see. */
final class PlantedBugs {

    private PlantedBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug("a checkout is sent again after a time-out") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<Boolean> checkout() {
                                Answer<Boolean> first = super.checkout();
                                return first instanceof Answer.Unknown ? super.checkout() : first;
                            }
                        };
                    }
                },
                new PlantedBug("a lost checkout counts as not sent") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<Boolean> checkout() {
                                Answer<Boolean> answer = super.checkout();
                                return answer instanceof Answer.Unknown ? new Answer.NotSent<>("lost") : answer;
                            }
                        };
                    }
                },
                new PlantedBug("no quiet time") {
                    @Override
                    Settings settings(Settings right) {
                        return new Settings(
                                right.instance(),
                                right.batch(),
                                Duration.ZERO,
                                right.lease(),
                                right.throttle(),
                                right.handover());
                    }
                },
                new PlantedBug("what was bought is never looked at") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<List<CartItem>> everPurchased() {
                                return super.everPurchased().map(items -> List.of());
                            }

                            @Override
                            public Answer<List<CartItem>> recentPurchases(Duration window) {
                                return super.recentPurchases(window).map(items -> List.of());
                            }
                        };
                    }
                },
                new PlantedBug("tokens seen bought are not kept") {
                    @Override
                    Set<Faults.Kind> shownBy() {
                        return Set.of(Faults.Kind.RESTORED);
                    }

                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            void keep(PurchasingAccount account, List<CartItem> items) {}
                        };
                    }

                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<List<CartItem>> everPurchased() {
                                return super.everPurchased().map(items -> List.of());
                            }
                        };
                    }
                },
                new PlantedBug("settled by the success flag") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
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
                                return new Answer.Unknown<>("not asked");
                            }

                            @Override
                            public Answer<List<CartItem>> recentPurchases(Duration window) {
                                return super.recentPurchases(window).map(items -> {
                                    List<CartItem> told = new ArrayList<>(items);
                                    if (success) {
                                        account.cart.values().stream()
                                                .filter(item -> believed.contains(item.id) && item.purchased == null)
                                                .forEach(item -> told.add(believedBought(item)));
                                    }
                                    return told;
                                });
                            }
                        };
                    }
                },
                new PlantedBug("a lease that somebody holds is given away") {
                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            public Optional<Lease> acquire(PurchasingAccount account) {
                                AccountRow row = db().accounts.get(account.id());
                                return Optional.of(new Lease(account, row.fence()));
                            }

                            @Override
                            void prove(Lease lease) {}
                        };
                    }
                },
                new PlantedBug("what is spent is not counted") {
                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            void spend(UUID account, long order, Money cost) {
                                super.spend(account, order, Money.ZERO);
                            }
                        };
                    }
                },
                new PlantedBug("what else the quote shows is not seen") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<Quote> quote() {
                                return super.quote().map(PlantedBugs::onlyOurs);
                            }

                            @Override
                            public Answer<List<CartItem>> cart() {
                                return super.cart().map(items -> items.stream()
                                        .filter(item -> OrderToken.find(item.description())
                                                .isPresent())
                                        .toList());
                            }
                        };
                    }
                },
                new PlantedBug("the quoted price is not compared") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<Quote> quote() {
                                return super.quote().map(PlantedBugs::atOurPrice);
                            }
                        };
                    }
                },
                new PlantedBug("the three dollars that CoCalc grants are taken") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<Quote> quote() {
                                return super.quote()
                                        .map(quote -> new Quote(
                                                quote.balance().add(BigDecimal.valueOf(3)),
                                                quote.total(),
                                                quote.lines()));
                            }
                        };
                    }
                },
                new PlantedBug("what the ledger has twice counts once") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
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
                        };
                    }
                },
                new PlantedBug("an order_id may come twice") {
                    @Override
                    void accept(SimDatabase database, Sent sent, Instant now) {
                        database.insert(sent, now);
                    }
                },
                new PlantedBug("the offset is committed before the row") {
                    @Override
                    void accept(SimDatabase database, Sent sent, Instant now) {
                        if (sent.orderId().value().hashCode() % 7 != 0) {
                            database.accept(sent, now);
                        }
                    }
                },
                new PlantedBug("an item is held and stays in the cart") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<Integer> remove(long itemId) {
                                return new Answer.Done<>(1);
                            }
                        };
                    }
                },
                new PlantedBug("additions are not counted") {
                    @Override
                    Settings settings(Settings right) {
                        return new Settings(
                                right.instance(),
                                right.batch(),
                                right.quiet(),
                                right.lease(),
                                Throttle.OFF,
                                right.handover());
                    }
                },
                new PlantedBug("an addition is sent without a written intent") {
                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            public List<Planned> plan(Lease lease, List<Line> lines) {
                                List<Planned> planned = super.plan(lease, lines);
                                db().adds.removeIf(add -> planned.stream().anyMatch(one -> one.intent() == add.id()));
                                return planned;
                            }
                        };
                    }
                },
                new PlantedBug("a lost addition is given up at once") {
                    @Override
                    CoCalc cocalc(SimDoor door, Account account) {
                        return door.new Client(account) {
                            @Override
                            public Answer<Integer> addToCart(LicenseSpec spec, String description, UUID projectId) {
                                Answer<Integer> answer = super.addToCart(spec, description, projectId);
                                return answer instanceof Answer.Unknown ? new Answer.NotSent<>("lost") : answer;
                            }
                        };
                    }
                },
                new PlantedBug("an overtaken holder still writes a payment down") {
                    @Override
                    Set<Faults.Kind> shownBy() {
                        return Set.of(Faults.Kind.DATABASE_STALLS);
                    }

                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            void proveAfresh(Lease lease) {}
                        };
                    }
                },
                new PlantedBug("the lease is proven before the payment's transaction and not in it") {
                    @Override
                    Set<Faults.Kind> shownBy() {
                        return Set.of(Faults.Kind.DATABASE_STALLS);
                    }

                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            public OptionalLong writeDown(Lease lease, Action.Pay pay) {
                                transaction(() -> {
                                    super.proveAfresh(lease);
                                    return null;
                                });
                                return super.writeDown(lease, pay);
                            }

                            @Override
                            void proveAfresh(Lease lease) {}
                        };
                    }
                },
                new PlantedBug("a pause is not asked about when a payment is written down") {
                    @Override
                    Set<Faults.Kind> shownBy() {
                        return Set.of(Faults.Kind.PAUSES, Faults.Kind.DATABASE_STALLS);
                    }

                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            boolean isPaused(Lease lease) {
                                return false;
                            }
                        };
                    }
                },
                new PlantedBug("a payment that was written down long ago is sent") {
                    @Override
                    Set<Faults.Kind> shownBy() {
                        return Set.of(Faults.Kind.DATABASE_STALLS);
                    }

                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new Timeless(simulation, process);
                    }

                    @Override
                    Pacing pacing(Pacing right, SimStore store) {
                        return ((Timeless) store).pacing(right);
                    }
                },
                new PlantedBug("an approval counts for any price") {
                    @Override
                    Money approved(Money quoted) {
                        return Money.of("100000");
                    }
                },
                new PlantedBug("two accounts spend the last dollars of a campaign") {
                    @Override
                    Set<Faults.Kind> shownBy() {
                        return Set.of(Faults.Kind.DATABASE_STALLS);
                    }

                    @Override
                    boolean isOfTheEdge() {
                        return true;
                    }

                    @Override
                    SimStore store(Simulation simulation, String process) {
                        return new SimStore(simulation, process) {
                            @Override
                            boolean holdsRoomFor(Action.Pay pay) {
                                return true;
                            }
                        };
                    }
                });
    }

    /** The time that passes while a payment is written down counts for nothing: so the rule of two seconds never holds back. */
    private static final class Timeless extends SimStore {
        private final ThreadLocal<Long> written = ThreadLocal.withInitial(() -> 0L);

        Timeless(Simulation simulation, String process) {
            super(simulation, process);
        }

        @Override
        public OptionalLong writeDown(Lease lease, Action.Pay pay) {
            long begun = simulation.time.nanos();
            OptionalLong checkout = super.writeDown(lease, pay);
            written.set(written.get() + simulation.time.nanos() - begun);
            return checkout;
        }

        Pacing pacing(Pacing right) {
            return new Pacing() {
                @Override
                public long nanos() {
                    return right.nanos() - written.get();
                }

                @Override
                public boolean pass(Duration duration) {
                    return right.pass(duration);
                }

                @Override
                public boolean isStopping() {
                    return right.isStopping();
                }
            };
        }
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
