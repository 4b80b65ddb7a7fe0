package dev.purser.console.page;

import static dev.purser.console.page.Wording.count;

import dev.purser.budget.Room;
import dev.purser.console.Broker;
import dev.purser.console.Stats;
import dev.purser.orders.OrderState;
import dev.purser.orders.OrderView;
import dev.purser.provisioning.AccountView;
import dev.purser.provisioning.Pauses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What to do next, from the facts; the most urgent first. */
record Advice(Urgency urgency, String text) {

    /** In the order of the list. */
    enum Urgency {
        STOPPED,
        NEEDS_YOU,
        GOOD_TO_KNOW;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** @param held the latest held orders, not necessarily all */
    static List<Advice> on(
            Stats stats,
            List<AccountView> accounts,
            Optional<Pauses.Pause> everywhere,
            List<OrderView> held,
            Broker.Standing kafka) {
        List<Advice> all = new ArrayList<>();
        everywhere.ifPresent(pause -> all.add(new Advice(
                Urgency.STOPPED,
                "All buying is paused by " + pause.by() + ": " + pause.reason()
                        + ". It goes on with POST /api/v1/resume.")));
        accounts.forEach(account -> on(account, everywhere.isPresent(), all));
        if (kafka == Broker.Standing.AWAY) {
            all.add(new Advice(
                    Urgency.NEEDS_YOU,
                    "Kafka does not answer. CSV drops and this page go on; " + count(stats.outbox(), "event")
                            + " will be published when it is back."));
        }
        if (stats.unknown() > 0) {
            Long age = stats.oldestUnknownSeconds();
            all.add(new Advice(
                    Urgency.GOOD_TO_KNOW,
                    "The checkout of " + count(stats.unknown(), "order") + " may or may not have happened"
                            + (age == null ? "" : ", the oldest for " + Wording.duration(age))
                            + ". Purser asks CoCalc and settles them by itself; do not buy them by hand."));
        }
        if (stats.parked() > 0) {
            all.add(new Advice(
                    Urgency.NEEDS_YOU,
                    count(stats.parked(), "order")
                            + " stays unknown for too long. The history of each says what was asked; look whether CoCalc"
                            + " answers and the account's key counts. Purser goes on asking and pays nothing again."));
        }
        onHeld(stats, held, all);
        if (stats.deadLetters() > 0) {
            all.add(new Advice(
                    Urgency.NEEDS_YOU,
                    count(stats.deadLetters(), "input")
                            + " could not be understood. The page of dead letters tells why, what a replay of each would do,"
                            + " and replays or drops them."));
        }
        Long eta = stats.etaSeconds();
        if (eta != null && eta > 0) {
            all.add(new Advice(
                    Urgency.GOOD_TO_KNOW,
                    "The orders on their way will be bought in about " + Wording.duration(eta)
                            + ", as fast as CoCalc's throttle allows."));
        }
        all.sort(Comparator.comparing(Advice::urgency));
        return all;
    }

    private static void on(AccountView account, boolean toldBefore, List<Advice> all) {
        String name = "Purchasing account " + account.name();
        if (account.paused() && toldBefore) {
            return;
        }
        if (account.paused()) {
            all.add(new Advice(
                    Urgency.STOPPED,
                    name + " is paused: " + account.pauseReason()
                            + ". Look at its cart and ledger; it goes on with POST /api/v1/accounts/" + account.name()
                            + "/resume."));
        } else if (account.pauseReason() != null) {
            all.add(new Advice(Urgency.STOPPED, name + " cannot buy: " + account.pauseReason() + "."));
        } else if (account.accountId() == null) {
            all.add(new Advice(
                    Urgency.GOOD_TO_KNOW,
                    name + " waits until CoCalc has told whose key it is; it buys nothing before."));
        }
        if (account.room() != null && !account.room().isLimited()) {
            all.add(new Advice(
                    Urgency.STOPPED,
                    name + " has no budget, so it buys nothing. Set PURSER_BUDGET_PER_ORDER, _PER_DAY or _PER_MONTH and"
                            + " start Purser again."));
        }
    }

    private static void onHeld(Stats stats, List<OrderView> held, List<Advice> all) {
        Map<String, List<OrderView>> byCode = held.stream()
                .collect(Collectors.groupingBy(
                        order -> order.code() == null ? "held" : order.code(), TreeMap::new, Collectors.toList()));
        byCode.forEach((code, orders) -> {
            OrderView first = orders.get(0);
            String which = orders.size() == 1
                    ? "Order " + first.orderId() + " is held: "
                    : count(orders.size(), "order") + " are held with code " + code + ", for example " + first.orderId()
                            + ": ";
            all.add(new Advice(Urgency.NEEDS_YOU, which + first.message() + ". " + remedy(code)));
        });
        long others = stats.of(OrderState.HELD) - held.size();
        if (others > 0) {
            all.add(new Advice(Urgency.NEEDS_YOU, count(others, "older order") + " are held, too."));
        }
    }

    private static String remedy(String code) {
        return switch (code) {
            case Room.NO_BUDGET -> "It is bought once a budget is set.";
            case Room.OVER_ORDER -> "Raise PURSER_BUDGET_PER_ORDER, or have it ordered smaller under another order_id.";
            case Room.OVER_CAMPAIGN -> "Raise PURSER_BUDGET_PER_CAMPAIGN and start Purser again, or have it cancelled.";
            case Room.OVER_DAY ->
                "It is bought by itself on the next day (UTC) with room, or raise PURSER_BUDGET_PER_DAY.";
            case Room.OVER_MONTH ->
                "It is bought by itself in the next month (UTC) with room, or raise PURSER_BUDGET_PER_MONTH.";
            case "no_funds" -> "Add credit to the purchasing account at CoCalc.";
            case Room.NEEDS_APPROVAL ->
                "An approver lets it go on with POST /api/v1/orders/{order_id}/approve, or has it cancelled.";
            case Room.OVER_MAX_COST ->
                "Cancel it with POST /api/v1/orders/{order_id}/cancel; then it can be submitted again with a higher max_cost.";
            case "price_differs", "item_changed", "item_removed" ->
                "Look at the account's cart, then POST /api/v1/orders/{order_id}/retry.";
            default -> "Look at its history.";
        };
    }
}
