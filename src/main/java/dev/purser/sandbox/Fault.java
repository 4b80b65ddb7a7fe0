package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fault in waiting.
 *
 * @param account the account id it is meant for, null for any caller
 * @param left how often it still strikes, null until it is deleted
 */
record Fault(
        String endpoint,
        Kind kind,
        @Nullable String account,
        @Nullable Integer left,
        ObjectNode params) {
    enum Kind {
        RESET_BEFORE,
        RESET_AFTER_COMMIT,
        TIMEOUT_BEFORE,
        TIMEOUT_AFTER_COMMIT,
        LATE_COMMIT,
        HTML_502,
        HTML_200,
        TRUNCATED_JSON,
        EMPTY_BODY,
        HTTP_503,
        ERROR_TEXT,
        SLOW,
        DUPLICATE_DELIVERY,
        REVOKE_KEY,
        DB_DOWN,
        PRICE_FACTOR,
        FOREIGN_ITEM,
        POISON_ITEM;

        /** Whether it bends what the endpoint sees, rather than how the answer travels. */
        boolean bends() {
            return ordinal() >= REVOKE_KEY.ordinal();
        }

        static Optional<Kind> named(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
        }
    }

    boolean strikes(String calledEndpoint, @Nullable String caller) {
        return (endpoint.equals("*") || endpoint.equals(calledEndpoint)) && (account == null || account.equals(caller));
    }

    boolean isSpent() {
        return left != null && left <= 0;
    }

    Fault struck() {
        return new Fault(endpoint, kind, account, left == null ? null : left - 1, params);
    }

    long millis(String param, long otherwise) {
        return Math.max(1, params.path(param).asLong(otherwise));
    }

    /** Whether the request is executed although its answer is replaced. */
    boolean executed(boolean otherwise) {
        return params.path("executed").asBoolean(otherwise);
    }

    JsonNode toJson() {
        return Json.object()
                .put("endpoint", endpoint)
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("account", account)
                .put("count", left)
                .set("params", params);
    }
}
