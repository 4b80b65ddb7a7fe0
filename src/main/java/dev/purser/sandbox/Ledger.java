package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Books purchases and sums them up, in four-byte floats as CoCalc's columns are. */
final class Ledger {
    private final Tables tables;
    private final Map<String, Float> sums = new HashMap<>();

    Ledger(Tables tables) {
        this.tables = tables;
    }

    ObjectNode book(
            String account,
            Instant time,
            String service,
            double cost,
            @Nullable String start,
            @Nullable String end,
            JsonNode description,
            @Nullable String notes) {
        ObjectNode row = Json.object()
                .put("id", tables.purchases.nextId())
                .put("account_id", account)
                .put("time", Dates.iso(time))
                .<ObjectNode>set("cost", Numbers.real((float) cost))
                .put("period_start", start)
                .put("period_end", end);
        if (start != null && end != null) {
            double hours =
                    Duration.between(Instant.parse(start), Instant.parse(end)).toMillis() / 3_600_000.0;
            row.set("cost_per_hour", Numbers.real((float) (cost / hours)));
        } else {
            row.putNull("cost_per_hour");
        }
        row.putNull("cost_so_far")
                .put("service", service)
                .<ObjectNode>set("description", Json.jsonb(description))
                .putNull("invoice_id")
                .putNull("project_id")
                .put("notes", notes);
        return record(row);
    }

    /** Adds a row that has all its columns. */
    ObjectNode record(ObjectNode row) {
        float before = sum(row.path("account_id").asText());
        tables.purchases.put(row);
        sums.put(row.path("account_id").asText(), before + amount(row));
        return row;
    }

    /** Sums of reals are made in reals, row by row, so large balances lose cents. */
    float balance(String account) {
        return 0f - sum(account);
    }

    void forgetSums() {
        sums.clear();
    }

    private float sum(String account) {
        return sums.computeIfAbsent(account, id -> sum(tables.purchases.of(id)));
    }

    static float sum(List<ObjectNode> rows) {
        float sum = 0;
        for (ObjectNode row : rows) {
            sum += amount(row);
        }
        return sum;
    }

    private static float amount(ObjectNode row) {
        JsonNode cost = row.path("cost").isNull() ? row.path("cost_so_far") : row.path("cost");
        return Numbers.sixDigits(cost.floatValue());
    }
}
