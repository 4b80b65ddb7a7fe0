package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code purchases/get-purchases} and {@code get-balance}. */
final class Purchases {
    private static final String SIGN_IN = "must be signed in";
    private static final int MOST = 500;
    private static final List<String> COLUMNS = List.of(
            "id",
            "time",
            "cost",
            "period_start",
            "period_end",
            "cost_per_hour",
            "cost_so_far",
            "service",
            "description",
            "invoice_id",
            "project_id",
            "notes");

    private final Tables tables;
    private final Throttle throttle;
    private final Ledger ledger;

    Purchases(Tables tables, Throttle throttle, Ledger ledger) {
        this.tables = tables;
        this.throttle = throttle;
        this.ledger = ledger;
    }

    JsonNode getBalance(Call call) {
        return Numbers.real(ledger.balance(call.signedIn(SIGN_IN)));
    }

    JsonNode getPurchases(Call call) {
        String account = call.signedIn(SIGN_IN);
        if (!call.has("compute_server_id")) {
            throttle.check(account, call.endpoint());
        }
        JsonNode limit = call.param("limit");
        if (!limit.isMissingNode() && (!Json.truthy(limit) || exceeds(limit))) {
            throw new Thrown("limit must be specified and at most " + MOST);
        }
        boolean grouped = call.truthy("group");
        boolean whole = grouped || call.truthy("thisMonth");
        List<ObjectNode> rows = chosen(account, call)
                .sorted(Comparator.comparing(
                        (ObjectNode row) -> row.path("time").asText(), Comparator.reverseOrder()))
                .skip(whole ? 0 : page(call, "offset", 0))
                .limit(whole ? Long.MAX_VALUE : page(call, "limit", 100))
                .toList();
        ArrayNode purchases = Json.array();
        if (grouped) {
            purchases.addAll(groups(rows));
        } else {
            rows.forEach(row -> purchases.add(columns(row, COLUMNS)));
        }
        return Json.object()
                .<ObjectNode>set("purchases", purchases)
                .set("balance", Numbers.real(ledger.balance(account)));
    }

    private static boolean exceeds(JsonNode limit) {
        try {
            return Double.parseDouble(String.valueOf(Pg.text(limit))) > MOST;
        } catch (NumberFormatException notComparable) {
            return false;
        }
    }

    private static long page(Call call, String name, long otherwise) {
        String text = call.text(name);
        if (text == null) {
            return otherwise;
        }
        long value = Pg.integer(text, "bigint");
        if (value < 0) {
            throw new Thrown(name.toUpperCase(Locale.ROOT) + " must not be negative");
        }
        return value;
    }

    private Stream<ObjectNode> chosen(String account, Call call) {
        Predicate<ObjectNode> which = row -> !call.has("compute_server_id");
        String service = call.text("service");
        if (service != null) {
            which = which.and(row -> row.path("service").asText().equals(service));
        }
        String project = call.text("project_id");
        if (project != null) {
            String uuid = Pg.uuid(project);
            which = which.and(row -> row.path("project_id").asText().equals(uuid));
        }
        if (call.truthy("thisMonth")) {
            String since = Dates.iso(lastClosing(account));
            which = which.and(row -> row.path("time").asText().compareTo(since) >= 0);
        }
        if (call.truthy("cutoff")) {
            String since = Dates.iso(Pg.timestamp(String.valueOf(call.text("cutoff"))));
            which = which.and(row ->
                    row.path("cost").isNull() || row.path("time").asText().compareTo(since) >= 0);
        }
        return tables.purchases.of(account).stream().filter(which);
    }

    /** The closing day is a day of the month, chosen some days back when it is first needed. */
    private Instant lastClosing(String account) {
        LocalDate today = tables.now().atZone(ZoneOffset.UTC).toLocalDate();
        int day =
                tables.accounts.find(account).map(row -> closingDay(row, today)).orElse(1);
        LocalDate closing = today.withDayOfMonth(day);
        return (closing.isAfter(today) ? closing.minusMonths(1) : closing)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }

    private int closingDay(ObjectNode account, LocalDate today) {
        if (!account.has("closing_day")) {
            account = account.deepCopy()
                    .put("closing_day", Math.min(28, today.minusDays(11).getDayOfMonth()));
            tables.accounts.put(account);
        }
        return account.path("closing_day").asInt();
    }

    private static List<ObjectNode> groups(List<ObjectNode> rows) {
        Map<String, List<ObjectNode>> groups = new LinkedHashMap<>();
        for (int i = rows.size() - 1; i >= 0; i--) {
            ObjectNode row = rows.get(i);
            groups.computeIfAbsent(row.path("service") + "|" + row.path("project_id"), key -> new ArrayList<>())
                    .add(row);
        }
        return groups.values().stream()
                .map(group -> Json.object()
                        .<ObjectNode>set("cost", Numbers.real(Ledger.sum(group)))
                        .<ObjectNode>set("service", group.get(0).path("service"))
                        .<ObjectNode>set("project_id", group.get(0).path("project_id"))
                        .put("count", group.size()))
                .sorted(Comparator.comparingDouble(
                        (ObjectNode group) -> -group.path("cost").doubleValue()))
                .toList();
    }

    static ObjectNode columns(ObjectNode row, List<String> columns) {
        ObjectNode chosen = Json.object();
        columns.forEach(column -> chosen.set(column, row.path(column)));
        return chosen;
    }
}
