package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may sign in with which key, and {@code accounts/get-email-address}. */
final class Accounts {
    private static final String MAY_NOT = "you must be an admin or partner to get the email address of any account_id";

    private final Tables tables;

    Accounts(Tables tables) {
        this.tables = tables;
    }

    /** The account (or project) that the header's key belongs to; null makes the request anonymous. */
    @Nullable
    String caller(@Nullable String authorization) {
        String key = key(authorization);
        if (key == null) {
            return null;
        }
        return tables.keys
                .find(key)
                .filter(row -> !row.path("revoked").asBoolean())
                .map(row -> row.path("account_id").asText())
                .filter(id -> !tables.accounts
                        .find(id)
                        .map(account -> account.path("banned").asBoolean())
                        .orElse(false))
                .orElse(null);
    }

    /** The scheme words are case-sensitive; of Basic only the user name counts. */
    private static @Nullable String key(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        String[] words = authorization.strip().split("\\s+", 2);
        if (words.length < 2) {
            return null;
        }
        return switch (words[0]) {
            case "Bearer" -> words[1];
            case "Basic" -> userName(words[1]);
            default -> null;
        };
    }

    private static @Nullable String userName(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return decoded.split(":", 2)[0];
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    JsonNode emailAddress(Call call) {
        String id = call.text("account_id");
        if (id == null) {
            return Json.object();
        }
        if (!isIn(call.caller(), "partner") && !isIn(call.caller(), "admin")) {
            throw new Thrown(MAY_NOT);
        }
        return tables.accounts
                .find(Pg.uuid(id))
                .map(account -> Json.object().<ObjectNode>set("email_address", account.path("email")))
                .orElseGet(Json::object);
    }

    boolean isIn(@Nullable String caller, String group) {
        return Optional.ofNullable(caller)
                .flatMap(tables.accounts::find)
                .filter(account -> {
                    for (JsonNode name : account.path("groups")) {
                        if (name.asText().equals(group)) {
                            return true;
                        }
                    }
                    return false;
                })
                .isPresent();
    }

    /** By name or by account_id, as the control calls may say either. */
    Optional<ObjectNode> named(String nameOrId) {
        Optional<ObjectNode> byId = tables.accounts.find(nameOrId);
        return byId.isPresent()
                ? byId
                : tables.accounts.all().stream()
                        .filter(account -> account.path("name").asText().equals(nameOrId))
                        .findFirst();
    }

    void revokeKeys(String accountId, boolean revoked) {
        for (ObjectNode key : tables.keys.of(accountId)) {
            tables.keys.put(key.deepCopy().put("revoked", revoked));
        }
    }
}
