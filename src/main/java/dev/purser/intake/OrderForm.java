package dev.purser.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.kernel.LicenseSpec;
import dev.purser.kernel.LicenseSpec.Period;
import dev.purser.kernel.LicenseSpec.Uptime;
import dev.purser.kernel.LicenseSpec.User;
import dev.purser.kernel.Money;
import dev.purser.kernel.OrderId;
import dev.purser.kernel.OrderToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one check of an order, however it was written. It is the only one there is: CoCalc validates nothing, sells more than its
 * own maxima, and credits a negative run_limit.
 */
public final class OrderForm {

    static final List<String> REQUIRED =
            List.of("order_id", "account_id", "user", "run_limit", "ram", "cpu", "disk", "member", "uptime", "period");
    /** The columns that a file of orders may have, in the contract's order. */
    static final List<String> COLUMNS = List.of(
            "order_id",
            "account_id",
            "project_id",
            "user",
            "run_limit",
            "ram",
            "cpu",
            "disk",
            "member",
            "uptime",
            "boost",
            "period",
            "start",
            "end",
            "title",
            "description",
            "max_cost",
            "campaign");

    private static final int LONGEST_TITLE = 1_000;
    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int LONGEST_CAMPAIGN = 128;

    /**
     * What the rules depend on.
     *
     * @param now a range must end after it
     * @param subscriptions whether {@code monthly} and {@code yearly} may be ordered
     */
    public record Rules(Instant now, boolean subscriptions) {}

    private final Fields fields;
    private final FieldReader read;
    private final Rules rules;

    private OrderForm(Fields fields, Rules rules) {
        this.fields = fields;
        this.read = new FieldReader(fields);
        this.rules = rules;
    }

    /** @param cells by column name; a column that is lacking is an empty cell */
    public static Checked ofCells(Map<String, String> cells, Rules rules) {
        return new OrderForm(new Fields.OfCells(cells), rules).check();
    }

    /** @param data order data as the contract writes it */
    public static Checked ofJson(JsonNode data, Rules rules) {
        if (!data.isObject()) {
            return new Checked.Invalid(List.of(new FieldError("", "must be a JSON object")));
        }
        Fields fields = new Fields.OfJson(data);
        if (!data.path("license").isObject()) {
            fields.wrong("license", "is required: a JSON object that says what to buy");
            return new Checked.Invalid(fields.errors());
        }
        return new OrderForm(fields, rules).check();
    }

    private Checked check() {
        OrderId orderId = read.orderId("order_id");
        UUID accountId =
                read.required("account_id", read.uuid("account_id"), "the UUID of the customer's CoCalc account");
        UUID projectId = read.uuid("project_id");
        User user = read.word("user", User.values());
        Integer runLimit = read.whole("run_limit", 100_000);
        Integer ram = read.whole("ram", 16);
        Integer cpu = read.whole("cpu", 3);
        Integer disk = read.whole("disk", 20);
        Boolean member = read.required("member", fields.flag("member"), "true or false");
        Uptime uptime = read.word("uptime", Uptime.values());
        Boolean boost = fields.flag("boost");
        Period period = period();
        TimeRange range = TimeRange.check(fields, period, rules.now());
        String title = read.freeText("title", LONGEST_TITLE);
        String description = read.freeText("description", LONGEST_DESCRIPTION);
        if (description != null && OrderToken.looksLikeOne(description)) {
            fields.wrong(
                    "description", "must have no line that begins with \"purser:\"; Purser writes such a line itself");
        }
        Money maxCost = read.usd("max_cost");
        String campaign = read.printable("campaign", LONGEST_CAMPAIGN);
        // Named one by one only because NullAway cannot see that no errors means nothing is null.
        if (!fields.errors().isEmpty()
                || orderId == null
                || accountId == null
                || user == null
                || runLimit == null
                || ram == null
                || cpu == null
                || disk == null
                || member == null
                || uptime == null
                || period == null) {
            return new Checked.Invalid(fields.errors());
        }
        return new Checked.Valid(
                orderId,
                accountId,
                projectId,
                campaign,
                maxCost,
                new LicenseSpec(
                        user,
                        runLimit,
                        ram,
                        cpu,
                        disk,
                        member,
                        uptime,
                        boost != null && boost,
                        period,
                        range.start(),
                        range.end(),
                        title,
                        description));
    }

    private @Nullable Period period() {
        Period period = read.word("period", Period.values());
        if (period != null && period != Period.RANGE && !rules.subscriptions()) {
            fields.wrong("period", "must be range: subscriptions, which renew themselves, are switched off here");
        }
        return period;
    }
}
