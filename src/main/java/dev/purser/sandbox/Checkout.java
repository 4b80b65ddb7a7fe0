package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The checkout parameters and the checkout itself. Nothing holds a second checkout of the same cart back between
 * {@link #read} and {@link #commit}: two at once buy everything twice, as at CoCalc.
 */
final class Checkout {
    private static final String SIGN_IN = "must be signed in";
    private static final Set<String> PRODUCTS = Set.of("site-license", "cash-voucher");
    private static final double MIN_PAYMENT = 2.5;
    private static final double SLACK = 3;

    private final Tables tables;
    private final Carts carts;
    private final Ledger ledger;
    private final Sales sales;

    Checkout(Tables tables, Carts carts, Ledger ledger, Sales sales) {
        this.tables = tables;
        this.carts = carts;
        this.ledger = ledger;
        this.sales = sales;
    }

    /** What a checkout saw when it read the cart: this is what it buys, whatever happens to the cart meanwhile. */
    record Basket(String account, Instant started, List<ObjectNode> items) {}

    JsonNode params(Call call) {
        return price(call).params();
    }

    Basket read(Call call) {
        Priced priced = price(call);
        if (priced.amountDue() > SLACK) {
            throw new Thrown("Insufficient credit on your account to complete the purchase (you need "
                    + Numbers.dollars(priced.chargeAmount())
                    + "). Please refresh your browser and try again or contact support.");
        }
        List<ObjectNode> items = List.copyOf(priced.items());
        for (ObjectNode item : items) {
            call.bent().poison(item, "checkout");
            sales.check(item);
        }
        return new Basket(priced.account(), tables.now(), items);
    }

    JsonNode commit(Basket basket) {
        for (int i = 0; i < basket.items().size(); i++) {
            sales.sell(basket.account(), basket.items().get(i), basket.started(), i);
        }
        return Json.object().put("success", true);
    }

    private record Priced(
            String account, double balance, double total, double amountDue, double cure, List<ObjectNode> items) {

        double chargeAmount() {
            return amountDue > 0 ? Math.max(amountDue, MIN_PAYMENT) : 0;
        }

        ObjectNode params() {
            ArrayNode cart = Json.array();
            cart.addAll(items);
            return Json.object()
                    .<ObjectNode>set("balance", Numbers.real((float) balance))
                    .put("minPayment", MIN_PAYMENT)
                    .put("minBalance", 0)
                    .<ObjectNode>set("amountDue", Numbers.js(amountDue))
                    .<ObjectNode>set("chargeAmount", Numbers.js(chargeAmount()))
                    .<ObjectNode>set("total", Numbers.js(total))
                    .<ObjectNode>set("cart", cart)
                    .<ObjectNode>set("minimumPaymentCharge", Numbers.js(cents(chargeAmount() - amountDue)))
                    .set("cureAmount", Numbers.js(cure));
        }
    }

    private Priced price(Call call) {
        String account = call.signedIn(SIGN_IN);
        List<ObjectNode> items = carts.look(account).stream()
                .filter(item -> item.path("checked").asBoolean()
                        && PRODUCTS.contains(item.path("product").asText()))
                .map(item -> priced(item, call.bent()))
                .toList();
        double total = 0;
        for (ObjectNode item : items) {
            total += Math.ceil(100 * item.path("lineItemAmount").doubleValue()) / 100;
        }
        double balance = Numbers.real(ledger.balance(account)).doubleValue();
        double cure = balance < 0 ? -balance : 0;
        double due = cents(Math.max(0, balance < 0 ? total + cure : total - balance));
        return new Priced(account, balance, cents(total), due, cure, items);
    }

    private static ObjectNode priced(ObjectNode item, Bent bent) {
        bent.poison(item, "params");
        ObjectNode cost = Prices.cost(item, bent.priceFactor(item));
        ObjectNode priced = item.deepCopy();
        priced.set("cost", cost);
        priced.set("lineItemAmount", cost.path("cost"));
        return priced;
    }

    /** Sums of cents in binary floats, brought back to cents. */
    private static double cents(double amount) {
        return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }
}
