package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.Email;
import dev.purser.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The forms of the answers, as recorded. */
final class Shapes {

    /** CoCalc adds in binary floating point: what differs from a cent by less than this is that cent. */
    private static final int BINARY_NOISE_SCALE = 6;

    private Shapes() {}

    /** {@code {"query":{}}} is said to who is signed in and is no account; an anonymous caller gets an error text. */
    static Optional<Optional<CoCalc.Identity>> whose(JsonNode json) {
        JsonNode query = json.path("query");
        return query.isObject() && query.isEmpty()
                ? Optional.of(Optional.empty())
                : identity(json).map(Optional::of);
    }

    static Optional<CoCalc.Identity> identity(JsonNode json) {
        JsonNode account = json.path("query").path("accounts");
        UUID id = Json.uuid(account.path("account_id"));
        return id == null
                ? Optional.empty()
                : Optional.of(new CoCalc.Identity(id, email(account).orElse(null)));
    }

    /** {@code {}} is an unknown account, {@code null} one without an email; the documentation's {@code undefined} is that, too. */
    static Optional<CoCalc.EmailAddress> emailAddress(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        if (json.isEmpty()) {
            return Optional.of(new CoCalc.EmailAddress(false, Optional.empty()));
        }
        JsonNode address = json.path("email_address");
        return address.isTextual() || address.isNull()
                ? Optional.of(new CoCalc.EmailAddress(true, email(json)))
                : Optional.empty();
    }

    private static Optional<Email> email(JsonNode json) {
        return Optional.ofNullable(Json.text(json, "email_address"))
                .filter(text -> !text.isBlank() && !text.equals("undefined"))
                .map(Email::new);
    }

    static Optional<List<CartItem>> cart(JsonNode json) {
        return Json.list(json, Shapes::cartItem);
    }

    /** An item needs an id; whatever else is odd about it is a stranger's and must not hide the rest of the cart. */
    static Optional<CartItem> cartItem(JsonNode json) {
        JsonNode id = json.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong()) {
            return Optional.empty();
        }
        JsonNode description = json.path("description");
        return Optional.of(new CartItem(
                id.longValue(),
                Json.instant(json.path("added")),
                json.path("checked").asBoolean(false) && json.path("checked").isBoolean(),
                json.path("product").asText(""),
                SpecJson.read(description),
                Json.text(description, "description"),
                Json.uuid(json.path("project_id")),
                purchased(json.path("purchased"))));
    }

    private static CartItem.@Nullable Purchased purchased(JsonNode json) {
        return json.isMissingNode() || json.isNull()
                ? null
                : new CartItem.Purchased(
                        Json.instant(json.path("time")),
                        json.path("success").isBoolean() && json.path("success").booleanValue(),
                        Json.uuid(json.path("license_id")));
    }

    static Optional<Quote> quote(JsonNode json) {
        Optional<BigDecimal> balance = Json.amount(json.path("balance"));
        Optional<Money> total = price(json.path("total"));
        Optional<List<Quote.Line>> lines = Json.list(json.path("cart"), line -> cartItem(line)
                .flatMap(item -> price(line.path("lineItemAmount")).map(price -> new Quote.Line(item, price))));
        return balance.isPresent() && total.isPresent() && lines.isPresent()
                ? Optional.of(new Quote(balance.get(), total.get(), lines.get()))
                : Optional.empty();
    }

    private static Optional<Money> price(JsonNode json) {
        return Json.amount(json)
                .map(amount -> Money.roundedUp(amount.setScale(BINARY_NOISE_SCALE, RoundingMode.HALF_EVEN)));
    }

    static Optional<Boolean> success(JsonNode json) {
        return json.path("success").isBoolean() && json.path("success").booleanValue()
                ? Optional.of(true)
                : Optional.empty();
    }

    /** Nobody recorded what the documented checkout says; an answer proves nothing anyway. */
    static Optional<Boolean> documentedSuccess(JsonNode json) {
        return okOrEmpty(json).or(() -> success(json));
    }

    /** {@code {"status":"ok"}}; {@code {}} in the documented dialect. */
    static Optional<Boolean> okOrEmpty(JsonNode json) {
        boolean said = json.isObject() && (json.isEmpty() || "ok".equals(Json.text(json, "status")));
        return said ? Optional.of(true) : Optional.empty();
    }

    /** By the text of the real handler: no successful compile was recorded. */
    static Optional<CoCalc.Compiled> compiled(JsonNode json) {
        JsonNode compile = json.path("compile");
        String url = Json.text(json, "url");
        if (!compile.isObject() && url == null) {
            return Optional.empty();
        }
        String printed = Objects.requireNonNullElse(Json.text(compile, "stdout"), "");
        String complained = Objects.requireNonNullElse(Json.text(compile, "stderr"), "");
        String log = complained.isEmpty() ? printed : printed + (printed.endsWith("\n") ? "" : "\n") + complained;
        String problem = Json.text(json, "error");
        return Optional.of(new CoCalc.Compiled(
                url,
                Json.count(compile.path("exit_code")).orElse(null),
                log,
                problem == null ? Json.text(json.path("pdf"), "error") : problem));
    }

    /** {@code {purchases, balance}}; a bare list in the documented dialect. */
    static Optional<CoCalc.LedgerPage> ledgerPage(JsonNode json) {
        JsonNode purchases = json.isArray() ? json : json.path("purchases");
        return Json.list(purchases, line -> line.isObject() ? Optional.of(line) : Optional.empty())
                .map(lines -> new CoCalc.LedgerPage(
                        lines, Json.amount(json.path("balance")).orElse(null)));
    }

    static Optional<List<CoCalc.License>> licenses(JsonNode json) {
        return Json.list(json, license -> license(license, Json.uuid(license.path("id"))));
    }

    /** @param id from the answer or, since it tells no stranger, from the question */
    static Optional<CoCalc.License> license(JsonNode json, @Nullable UUID id) {
        JsonNode managers = json.path("managers");
        Optional<List<UUID>> known = managers.isMissingNode() || managers.isNull()
                ? Optional.of(List.of())
                : Json.list(managers, manager -> Optional.ofNullable(Json.uuid(manager)));
        return id == null || !json.isObject()
                ? Optional.empty()
                : known.map(all ->
                        new CoCalc.License(id, Json.text(json, "title"), Json.text(json, "description"), all, json));
    }

    static Optional<List<CoCalc.Subscription>> subscriptions(JsonNode json) {
        return Json.list(json, Shapes::subscription);
    }

    private static Optional<CoCalc.Subscription> subscription(JsonNode json) {
        JsonNode id = json.path("id");
        String status = Json.text(json, "status");
        String interval = Json.text(json, "interval");
        Instant paidUntil = Json.instant(json.path("current_period_end"));
        return id.isIntegralNumber() && status != null && interval != null && paidUntil != null
                ? Json.amount(json.path("cost"))
                        .map(cost -> new CoCalc.Subscription(
                                id.longValue(),
                                Json.uuid(json.path("metadata").path("license_id")),
                                status,
                                interval,
                                cost,
                                paidUntil))
                : Optional.empty();
    }

    static Optional<JsonNode> query(JsonNode json) {
        return Optional.of(json.path("query")).filter(JsonNode::isObject);
    }

    static Shape<CartItem> itemWithId(long id) {
        return json -> cartItem(json).filter(item -> Objects.equals(item.id(), id));
    }
}
