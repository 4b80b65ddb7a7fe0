package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a described license costs, and the texts that pricing fails with. */
final class Prices {
    private static final BigDecimal MONTH_MILLIS =
            BigDecimal.valueOf(Duration.ofHours(24 * 61 / 2).toMillis());
    private static final String NOT_A_NUMBER = "[DecimalError] Invalid argument: NaN";

    private Prices() {}

    /** The {@code cost} object of a cart item in the checkout parameters. */
    static ObjectNode cost(ObjectNode item, BigDecimal factor) {
        JsonNode description = item.path("description");
        return item.path("product").asText().equals("cash-voucher")
                ? voucherCost(description)
                : licenseCost(description, factor);
    }

    private static ObjectNode licenseCost(JsonNode description, BigDecimal factor) {
        if (description.isNull()) {
            throw new Thrown("Cannot read properties of null (reading 'type')");
        }
        String type = description.path("type").asText();
        if (type.equals("vm") || type.equals("disk")) {
            throw new Thrown("computing cost of item of type " + type + " is deprecated");
        }
        JsonNode runLimit = description.path("run_limit");
        boolean range = description.path("period").asText().equals("range");
        if (Json.absent(runLimit)
                || range && (Json.absent(Dates.bound(description, 0)) || Json.absent(Dates.bound(description, 1)))) {
            throw new Thrown("bug cost must not be null");
        }
        BigDecimal month = perMonth(description);
        BigDecimal unit = upToCents(unit(description, month).multiply(factor));
        return Json.object()
                .<ObjectNode>set("cost_per_unit", Numbers.js(unit))
                .<ObjectNode>set("cost", Numbers.js(unit.multiply(quantity(runLimit))))
                .<ObjectNode>set("cost_per_project_per_month", Numbers.js(month))
                .<ObjectNode>set("cost_sub_month", Numbers.js(month))
                .<ObjectNode>set("cost_sub_year", Numbers.js(month.multiply(BigDecimal.valueOf(12))))
                .<ObjectNode>set("quantity", runLimit)
                .<ObjectNode>set("period", description.path("period"))
                .set("input", input(description));
    }

    private static BigDecimal perMonth(JsonNode description) {
        BigDecimal user =
                switch (String.valueOf(Pg.text(description.path("user")))) {
                    case "academic" -> new BigDecimal("0.6");
                    case "business" -> BigDecimal.ONE;
                    default ->
                        throw new Thrown("unknown user "
                                + (description.has("user") ? Pg.text(description.path("user")) : "undefined"));
                };
        boolean member = Json.truthy(description.path("member"));
        String uptime = description.path("uptime").asText();
        BigDecimal share =
                switch (uptime) {
                    case "always_running" -> member ? BigDecimal.valueOf(7) : BigDecimal.valueOf(2);
                    case "medium" -> BigDecimal.valueOf(2);
                    case "day" -> BigDecimal.valueOf(4);
                    default -> BigDecimal.ONE;
                };
        BigDecimal hosting = member || uptime.equals("day") ? BigDecimal.valueOf(2) : BigDecimal.ONE;
        BigDecimal discount =
                switch (description.path("period").asText()) {
                    case "monthly" -> new BigDecimal("0.9");
                    case "yearly" -> new BigDecimal("0.75");
                    case "range" -> BigDecimal.ONE;
                    default -> throw new Thrown(NOT_A_NUMBER);
                };
        BigDecimal memory = number(description.path("ram")).multiply(new BigDecimal("0.625"));
        BigDecimal cores = number(description.path("cpu")).multiply(BigDecimal.valueOf(5));
        BigDecimal disk = number(description.path("disk")).multiply(new BigDecimal("0.25"));
        // both quotients are brought over 1.2, so that only one division can round
        BigDecimal exact = memory.add(cores)
                .multiply(share)
                .multiply(hosting)
                .add(disk.multiply(BigDecimal.valueOf(2)))
                .multiply(user)
                .multiply(discount)
                .divide(new BigDecimal("1.2"), MathContext.DECIMAL128);
        return upToCents(exact.subtract(new BigDecimal("0.00001")));
    }

    private static BigDecimal unit(JsonNode description, BigDecimal month) {
        return switch (description.path("period").asText()) {
            case "monthly" -> month;
            case "yearly" -> month.multiply(BigDecimal.valueOf(12));
            default ->
                upToCents(
                        month.multiply(BigDecimal.valueOf(Duration.between(bound(description, 0), bound(description, 1))
                                        .toMillis()))
                                .divide(MONTH_MILLIS, MathContext.DECIMAL128));
        };
    }

    private static Instant bound(JsonNode description, int index) {
        Instant date = Dates.date(Dates.bound(description, index));
        if (date == null) {
            throw new Thrown(NOT_A_NUMBER);
        }
        return date;
    }

    private static ObjectNode input(JsonNode description) {
        ObjectNode input = Json.object().put("version", "3");
        input.set(
                "type",
                description.has("type")
                        ? description.path("type")
                        : Json.object().textNode("quota"));
        input.set("user", description.path("user"));
        input.put("upgrade", "custom");
        input.set("quantity", description.path("run_limit"));
        String period = description.path("period").asText();
        input.put("subscription", period.equals("range") ? "no" : period);
        copy(description, "ram", input, "custom_ram");
        input.put("custom_dedicated_ram", 0);
        copy(description, "cpu", input, "custom_cpu");
        input.put("custom_dedicated_cpu", 0);
        copy(description, "disk", input, "custom_disk");
        copy(description, "always_running", input, "custom_always_running");
        copy(description, "member", input, "custom_member");
        copy(description, "uptime", input, "custom_uptime");
        input.put("boost", Json.truthy(description.path("boost")));
        input.put("start", period.equals("range") ? Dates.iso(bound(description, 0)) : null);
        input.put("end", period.equals("range") ? Dates.iso(bound(description, 1)) : null);
        return input;
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String as) {
        if (from.has(field)) {
            to.set(as, from.path(field));
        }
    }

    private static ObjectNode voucherCost(JsonNode description) {
        BigDecimal amount = number(description.path("amount"));
        BigDecimal vouchers = number(description.path("numVouchers"));
        ObjectNode input = description.isObject() ? description.deepCopy() : Json.object();
        return Json.object()
                .<ObjectNode>set("cost", Numbers.js(amount.multiply(vouchers)))
                .<ObjectNode>set("cost_per_unit", Numbers.js(amount))
                .<ObjectNode>set("input", input.put("subscription", "no"))
                .put("period", "range")
                .put("cost_per_project_per_month", 0)
                .put("cost_sub_month", 0)
                .put("cost_sub_year", 0)
                .set("quantity", Numbers.js(vouchers));
    }

    static BigDecimal quantity(JsonNode runLimit) {
        try {
            return new BigDecimal(String.valueOf(Pg.text(runLimit)).strip());
        } catch (NumberFormatException notOne) {
            throw new Thrown("[DecimalError] Invalid argument: " + Pg.text(runLimit));
        }
    }

    private static BigDecimal number(JsonNode value) {
        @Nullable String text = Pg.text(value);
        try {
            return text == null ? BigDecimal.ZERO : new BigDecimal(text.strip());
        } catch (NumberFormatException notOne) {
            throw new Thrown(NOT_A_NUMBER);
        }
    }

    private static BigDecimal upToCents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.CEILING);
    }
}
