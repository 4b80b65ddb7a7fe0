package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.kernel.LicenseSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** CoCalc over HTTP as one purchasing account, known by its alias. */
final class HttpCoCalc implements CoCalc {

    private final String account;
    private final Line line;
    private final Keys keys;
    private final Till till;

    HttpCoCalc(String account, Line line, Keys keys, Dialect configured) {
        this.account = account;
        this.line = line;
        this.keys = keys;
        this.till = new Till(account, line, configured);
    }

    Optional<Dialect> dialect() {
        return till.dialect();
    }

    @Override
    public Answer<Identity> identity() {
        ObjectNode question = object();
        question.putObject("query").putObject("accounts").putNull("account_id").putNull("email_address");
        try {
            KeySource key = keys.of(account);
            int asking = key.askingWhoseItIs();
            Answer<Identity> answer = identity(ask(Endpoint.IDENTITY, question, Shapes::whose));
            if (answer instanceof Answer.Done<Identity> done) {
                key.told(asking, done.value().accountId());
            }
            return answer;
        } catch (IOException e) {
            return new Answer.NotSent<>(String.valueOf(e.getMessage()));
        }
    }

    private static Answer<Identity> identity(Answer<Optional<Identity>> answer) {
        return answer instanceof Answer.Done<Optional<Identity>> done
                        && done.value().isEmpty()
                ? new Answer.Refused<>(Refusal.NO_ACCOUNT, "the key belongs to no account")
                : answer.map(Optional::orElseThrow);
    }

    @Override
    public Answer<EmailAddress> emailAddress(UUID account) {
        return ask(Endpoint.EMAIL_ADDRESS, object().put("account_id", account.toString()), Shapes::emailAddress);
    }

    @Override
    public Answer<Integer> addToCart(LicenseSpec spec, String description, @Nullable UUID projectId) {
        ObjectNode question = object().put("product", CartItem.SITE_LICENSE);
        question.set("description", SpecJson.write(spec, description));
        if (projectId != null) {
            question.put("project_id", projectId.toString());
        }
        return ask(Endpoint.CART_ADD, question, Json::count);
    }

    @Override
    public Answer<List<CartItem>> cart() {
        return ask(Endpoint.CART_GET, object(), Shapes::cart);
    }

    @Override
    public Answer<CartItem> cartItem(long id) {
        return ask(Endpoint.CART_GET, object().put("id", id), Shapes.itemWithId(id));
    }

    @Override
    public Answer<List<CartItem>> everPurchased() {
        return ask(Endpoint.CART_GET, object().put("purchased", true), Shapes::cart);
    }

    @Override
    public Answer<List<CartItem>> recentPurchases(Duration window) {
        long seconds = Math.max(1, window.plusMillis(999).toSeconds());
        return ask(Endpoint.RECENT_PURCHASES, object().put("recent", seconds + " seconds"), Shapes::cart);
    }

    @Override
    public Answer<Integer> tick(long itemId, boolean checked) {
        return ask(Endpoint.CART_CHECKED, object().put("id", itemId).put("checked", checked), Json::count);
    }

    @Override
    public Answer<Integer> untickAll() {
        return ask(Endpoint.CART_CHECKED, object().put("checked", false), Json::count);
    }

    @Override
    public Answer<Integer> remove(long itemId) {
        return ask(Endpoint.CART_REMOVE, object().put("id", itemId), Json::count);
    }

    @Override
    public Answer<Integer> edit(long itemId, LicenseSpec spec, String description) {
        ObjectNode question = object().put("id", itemId);
        question.set("description", SpecJson.write(spec, description));
        return ask(Endpoint.CART_EDIT, question, Json::count);
    }

    @Override
    public Answer<Quote> quote() {
        return till.quote();
    }

    @Override
    public Answer<Boolean> checkout() {
        return till.checkout();
    }

    @Override
    public Answer<LedgerPage> purchases(LedgerQuery query) {
        ObjectNode question = object().put("limit", query.limit()).put("offset", query.offset());
        if (query.cutoff() != null) {
            question.put("cutoff", query.cutoff());
        }
        if (query.service() != null) {
            question.put("service", query.service());
        }
        if (query.grouped()) {
            // Any value counts as true, so false must not be sent.
            question.put("group", true);
        }
        return ask(Endpoint.PURCHASES, question, Shapes::ledgerPage);
    }

    @Override
    public Answer<BigDecimal> balance() {
        return ask(Endpoint.BALANCE, object(), Json::amount);
    }

    @Override
    public Answer<List<License>> managedLicenses(int limit, int skip) {
        ObjectNode question = object();
        if (limit > 0) {
            question.put("limit", limit);
        }
        if (skip > 0) {
            question.put("skip", skip);
        }
        return ask(Endpoint.MANAGED_LICENSES, question, Shapes::licenses);
    }

    @Override
    public Answer<License> license(UUID licenseId) {
        return ask(
                Endpoint.LICENSE,
                object().put("license_id", licenseId.toString()),
                json -> Shapes.license(json, licenseId));
    }

    @Override
    public Answer<List<Subscription>> subscriptions(int limit) {
        return ask(Endpoint.SUBSCRIPTIONS, object().put("limit", limit), Shapes::subscriptions);
    }

    @Override
    public Answer<Boolean> setManagers(UUID licenseId, List<UUID> managers) {
        ObjectNode question = object();
        ObjectNode license = question.putObject("query").putObject("manager_site_licenses");
        license.put("id", licenseId.toString());
        ArrayNode list = license.putArray("managers");
        managers.forEach(manager -> list.add(manager.toString()));
        return ask(Endpoint.USER_QUERY, question, json -> Shapes.query(json).map(query -> true));
    }

    @Override
    public Answer<JsonNode> userQuery(JsonNode query) {
        ObjectNode question = object();
        question.set("query", query);
        return ask(Endpoint.USER_QUERY, question, Shapes::query);
    }

    @Override
    public Answer<Boolean> stopProject(UUID projectId) {
        return ask(Endpoint.STOP_PROJECT, object().put("project_id", projectId.toString()), Shapes::okOrEmpty);
    }

    @Override
    public Answer<Compiled> latex(LatexJob job) {
        ObjectNode question =
                object().put("path", job.path()).put("timeout", job.limit().toSeconds());
        if (job.content() != null) {
            question.put("content", job.content());
        }
        if (job.projectId() != null) {
            question.put("project_id", job.projectId().toString());
        }
        if (job.command() != null) {
            question.put("command", job.command());
        }
        return line.ask(account, Endpoint.LATEX, question, Shapes::compiled, job.limit());
    }

    private <T> Answer<T> ask(Endpoint endpoint, ObjectNode question, Shape<T> shape) {
        return line.ask(account, endpoint, question, shape);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
