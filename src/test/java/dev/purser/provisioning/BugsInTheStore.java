package dev.purser.provisioning;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CartItem;
import dev.purser.cocalc.CoCalc;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.PurchasingAccount;
import dev.purser.provisioning.AddIntents.Planned;
import dev.purser.provisioning.Faults.Kind;
import dev.purser.provisioning.SimCoCalc.Account;
import dev.purser.provisioning.SimDatabase.AccountRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Something is not written down, not counted, or not proven in the transaction that needs it. */
final class BugsInTheStore {

    private BugsInTheStore() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug("tokens seen bought are not kept", Kind.RESTORED) {
                    @Override
                    BoughtItems bought(SimTransactions tx, SimBudget budget) {
                        return new SimBoughtItems(tx, budget) {
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
                new PlantedBug("an account that nobody has looked at stops nobody", Kind.RESTORED, Kind.NOT_SIGNED_IN) {
                    @Override
                    Standings standings(SimTransactions tx, SimBudget budget) {
                        return new SimStandings(tx, budget) {
                            @Override
                            public Standing of(
                                    PurchasingAccount account,
                                    Collection<OrderId> named,
                                    Collection<UUID> others,
                                    boolean everyoneLooked) {
                                return super.of(account, named, others, true);
                            }
                        };
                    }
                },
                new PlantedBug("what was taken out of the cart is forgotten", Kind.PERSON_PAYS, Kind.DEARER) {
                    @Override
                    Standings standings(SimTransactions tx, SimBudget budget) {
                        return new SimStandings(tx, budget) {
                            @Override
                            List<Standing.Removal> removals(PurchasingAccount account, List<Line> bound) {
                                return super.removals(account, bound).stream()
                                        .map(removal -> new Standing.Removal(
                                                removal.orderRef(), removal.itemId(), Instant.EPOCH))
                                        .toList();
                            }
                        };
                    }

                    /** So that most are approved, quoted dearer, taken out, approved again and added again. */
                    @Override
                    Simulation.Limits limits(Simulation.Limits right) {
                        return new Simulation.Limits(Money.of("100000"), null, Money.of("3"));
                    }
                },
                new PlantedBug("a lease that somebody holds is given away") {
                    @Override
                    SimTransactions transactions(Simulation simulation, String process) {
                        return new SimTransactions(simulation, process) {
                            @Override
                            void prove(Lease lease) {}
                        };
                    }

                    @Override
                    Leases leases(SimTransactions tx) {
                        return new SimLeases(tx) {
                            @Override
                            public Optional<Lease> acquire(PurchasingAccount account) {
                                AccountRow row = tx.db().accounts.get(account.id());
                                return Optional.of(new Lease(account, row.fence()));
                            }
                        };
                    }
                },
                new PlantedBug("what is spent is not counted") {
                    @Override
                    SimBudget budget(SimTransactions tx) {
                        return new SimBudget(tx) {
                            @Override
                            void spend(UUID account, long order, Money cost) {
                                super.spend(account, order, Money.ZERO);
                            }
                        };
                    }
                },
                new PlantedBug("an addition is sent without a written intent") {
                    @Override
                    AddIntents adds(SimTransactions tx) {
                        return new SimAddIntents(tx) {
                            @Override
                            public List<Planned> plan(Lease lease, List<Line> lines) {
                                List<Planned> planned = super.plan(lease, lines);
                                tx.db().adds.removeIf(add -> planned.stream()
                                        .anyMatch(one -> one.intent() == add.id()));
                                return planned;
                            }
                        };
                    }
                },
                new PlantedBug("an overtaken holder still writes a payment down", Kind.DATABASE_STALLS) {
                    @Override
                    SimTransactions transactions(Simulation simulation, String process) {
                        return new Unproven(simulation, process);
                    }
                },
                new PlantedBug(
                        "the lease is proven before the payment's transaction and not in it", Kind.DATABASE_STALLS) {
                    @Override
                    SimTransactions transactions(Simulation simulation, String process) {
                        return new Unproven(simulation, process);
                    }

                    @Override
                    Checkouts checkouts(SimTransactions tx, SimBudget budget) {
                        return new SimCheckouts(tx, budget) {
                            @Override
                            public OptionalLong writeDown(Lease lease, Action.Pay pay) {
                                tx.write(lease, () -> tx.extend(lease));
                                return super.writeDown(lease, pay);
                            }
                        };
                    }
                },
                new PlantedBug(
                        "a pause is not asked about when a payment is written down",
                        Kind.PAUSES,
                        Kind.DATABASE_STALLS) {
                    @Override
                    Checkouts checkouts(SimTransactions tx, SimBudget budget) {
                        return new SimCheckouts(tx, budget) {
                            @Override
                            boolean isPaused(Lease lease) {
                                return false;
                            }
                        };
                    }
                },
                new Timeless(),
                new PlantedBug("two accounts spend the last dollars of a campaign", Kind.DATABASE_STALLS) {
                    @Override
                    boolean isOfTheEdge() {
                        return true;
                    }

                    @Override
                    SimBudget budget(SimTransactions tx) {
                        return new SimBudget(tx) {
                            @Override
                            boolean holdsRoomFor(Action.Pay pay) {
                                return true;
                            }
                        };
                    }
                });
    }

    /** The lease is not proven when a payment is written down. */
    private static final class Unproven extends SimTransactions {

        Unproven(Simulation simulation, String process) {
            super(simulation, process);
        }

        @Override
        void proveAfresh(Lease lease) {}
    }

    /** The time that passes while a payment is written down counts for nothing: so the rule of two seconds never holds back. */
    private static final class Timeless extends PlantedBug {

        Timeless() {
            super("a payment that was written down long ago is sent", Kind.DATABASE_STALLS);
        }

        private static final class Timed extends SimTransactions {
            private final ThreadLocal<Long> written = ThreadLocal.withInitial(() -> 0L);

            Timed(Simulation simulation, String process) {
                super(simulation, process);
            }
        }

        @Override
        SimTransactions transactions(Simulation simulation, String process) {
            return new Timed(simulation, process);
        }

        @Override
        Checkouts checkouts(SimTransactions tx, SimBudget budget) {
            return new SimCheckouts(tx, budget) {
                @Override
                public OptionalLong writeDown(Lease lease, Action.Pay pay) {
                    long begun = tx.simulation.time.nanos();
                    OptionalLong checkout = super.writeDown(lease, pay);
                    ThreadLocal<Long> written = ((Timed) tx).written;
                    written.set(written.get() + tx.simulation.time.nanos() - begun);
                    return checkout;
                }
            };
        }

        @Override
        Pacing pacing(Pacing right, SimTransactions tx) {
            return new Pacing() {
                @Override
                public long nanos() {
                    return right.nanos() - ((Timed) tx).written.get();
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
}
