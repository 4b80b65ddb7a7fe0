package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;

/** Turns one priced cart item into a license, a purchase and, for monthly and yearly, a subscription. */
final class Sales {
    private static final Set<String> UPTIMES = Set.of("short", "medium", "day", "always_running");

    private final Tables tables;
    private final Ledger ledger;

    Sales(Tables tables, Ledger ledger) {
        this.tables = tables;
        this.ledger = ledger;
    }

    /** What CoCalc looks at while it buys; a failure rolls the whole checkout back. */
    void check(ObjectNode item) {
        if (item.path("product").asText().equals("cash-voucher")) {
            throw new Thrown("Voucher code creation is temporarily disabled. Please contact support.");
        }
        JsonNode description = item.path("description");
        if (description.has("type") && !description.path("type").asText().equals("quota")) {
            throw new Thrown("Cannot destructure property 'type' of 'info' as it is undefined.");
        }
        for (String field : new String[] {"ram", "cpu", "disk"}) {
            JsonNode value = description.path(field);
            if (!value.isNumber()) {
                throw new Thrown("field \"custom_" + field + "\" must be number");
            }
            if (value.doubleValue() < 0) {
                throw new Thrown("field \"custom_" + field + "\" too small or too big");
            }
        }
        if (!description.path("member").isBoolean()) {
            throw new Thrown("field \"custom_member\" must be boolean");
        }
        if (Json.absent(description.path("uptime"))) {
            throw new Thrown("field \"custom_uptime\" must be set");
        }
        if (!UPTIMES.contains(description.path("uptime").asText())) {
            throw new Thrown("field \"custom_uptime\" must be one of short, medium, day or \"always_running\"");
        }
        Pg.integer(String.valueOf(Pg.text(description.path("run_limit"))), "integer");
        double cost = item.path("lineItemAmount").doubleValue();
        if (!isRange(description) && cost <= 0) {
            throw new Thrown(
                    "invalid subscription cost=" + item.path("lineItemAmount").asText());
        }
    }

    void sell(String account, ObjectNode item, Instant started, int position) {
        JsonNode description = item.path("description");
        boolean range = isRange(description);
        LocalDate today = started.atZone(ZoneOffset.UTC).toLocalDate();
        JsonNode input = item.path("cost").path("input");
        String start = range ? input.path("start").asText() : Dates.iso(midnight(today));
        String end = range ? input.path("end").asText() : Dates.iso(endOf(nextPeriod(description, today)));

        ObjectNode info = input.deepCopy();
        info.put("start", start).put("end", end);
        copyText(description, "title", info);
        copyText(description, "description", info);
        String license = UUID.randomUUID().toString();
        tables.licenses.put(license(license, account, description, info, range, started));

        ObjectNode bought = Json.object().put("type", "license").put("license_id", license);
        bought.set("info", info);
        bought.set("item", item);
        ObjectNode purchase = ledger.book(
                account, started, "license", item.path("lineItemAmount").doubleValue(), start, end, bought, null);
        if (!range) {
            subscribe(account, license, purchase, description);
        }
        attach(item.path("project_id").asText(), license);
        tables.items
                .find(item.path("id").asText())
                .ifPresent(row -> tables.items.put(row.deepCopy()
                        .set(
                                "purchased",
                                Json.object()
                                        .put("time", Dates.iso(started.plusMillis(10 + 12L * position)))
                                        .put("success", true)
                                        .put("license_id", license))));
    }

    private static ObjectNode license(
            String id, String account, JsonNode description, ObjectNode info, boolean range, Instant started) {
        Instant start = Instant.parse(info.path("start").asText());
        Instant end = Instant.parse(info.path("end").asText());
        // a start that is past already when the license is made moves its end, not the purchase's
        Duration late = range && start.isBefore(started) ? Duration.between(start, started) : Duration.ZERO;
        ObjectNode purchased = info.deepCopy();
        purchased.put("account_id", account);
        boolean always = description.path("uptime").asText().equals("always_running");
        ObjectNode quota =
                Json.object().put("dedicated_cpu", 0).put("dedicated_ram", 0).put("always_running", always);
        for (String field : new String[] {"user", "ram", "cpu", "disk", "member"}) {
            quota.set(field, description.path(field));
        }
        quota.put("boost", Json.truthy(description.path("boost")));
        if (!always) {
            quota.set("idle_timeout", description.path("uptime"));
        }
        return Json.object()
                .put("id", id)
                .put("title", Pg.text(description.path("title")))
                .put("description", Pg.text(description.path("description")))
                .put("expires", end.plus(late).toEpochMilli())
                .put("activates", (range ? start : started.minus(Duration.ofMinutes(1))).toEpochMilli())
                .putNull("last_used")
                .put("created", started.toEpochMilli())
                .<ObjectNode>set("managers", Json.array().add(account))
                .putNull("upgrades")
                .<ObjectNode>set("quota", Json.jsonb(quota))
                .put("run_limit", Prices.quantity(description.path("run_limit")).intValueExact())
                .<ObjectNode>set("info", Json.object().set("purchased", Json.jsonb(purchased)))
                .putNull("subscription_id");
    }

    private void subscribe(String account, String license, ObjectNode purchase, JsonNode description) {
        long id = tables.subscriptions.nextId();
        tables.subscriptions.put(Json.object()
                .put("id", id)
                .put("account_id", account)
                .<ObjectNode>set("created", purchase.path("time"))
                .<ObjectNode>set("cost", purchase.path("cost"))
                .put("interval", description.path("period").asText().equals("yearly") ? "year" : "month")
                .<ObjectNode>set("current_period_start", purchase.path("period_start"))
                .<ObjectNode>set("current_period_end", purchase.path("period_end"))
                .<ObjectNode>set("latest_purchase_id", purchase.path("id"))
                .put("status", "active")
                .<ObjectNode>set(
                        "metadata", Json.object().put("type", "license").put("license_id", license))
                .putNull("payment"));
        tables.licenses
                .find(license)
                .ifPresent(row -> tables.licenses.put(row.deepCopy().put("subscription_id", id)));
    }

    private void attach(String project, String license) {
        tables.projects.find(project).ifPresent(row -> {
            ObjectNode changed = row.deepCopy();
            changed.withObject("/site_license").putObject(license);
            tables.projects.put(changed);
        });
    }

    private static boolean isRange(JsonNode description) {
        return description.path("period").asText().equals("range");
    }

    private static LocalDate nextPeriod(JsonNode description, LocalDate today) {
        return description.path("period").asText().equals("yearly") ? today.plusYears(1) : today.plusMonths(1);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Instant endOf(LocalDate day) {
        return midnight(day.plusDays(1)).minusMillis(1);
    }

    private static void copyText(JsonNode from, String field, ObjectNode to) {
        if (from.has(field)) {
            to.set(field, from.path(field));
        } else {
            to.remove(field);
        }
    }
}
