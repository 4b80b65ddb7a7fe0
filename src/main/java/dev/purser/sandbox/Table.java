package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows by id in the order they came, and by {@code account_id}. A row never changes: {@link #put} replaces it. */
final class Table {
    private final String name;
    private final Journal journal;
    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Map<String, Map<String, ObjectNode>> byAccount = new LinkedHashMap<>();
    private long last;

    Table(String name, Journal journal) {
        this.name = name;
        this.journal = journal;
    }

    String name() {
        return name;
    }

    long nextId() {
        return ++last;
    }

    long last() {
        return last;
    }

    void continueAfter(long id) {
        last = Math.max(last, id);
    }

    void put(ObjectNode row) {
        keep(row);
        journal.append(name, row);
    }

    void delete(ObjectNode row) {
        forget(row);
        journal.append(name, Json.object().put("id", id(row)).put("deleted", true));
    }

    Optional<ObjectNode> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    Collection<ObjectNode> all() {
        return rows.values();
    }

    List<ObjectNode> of(String accountId) {
        return new ArrayList<>(byAccount.getOrDefault(accountId, Map.of()).values());
    }

    void replay(ObjectNode row) {
        if (row.path("deleted").asBoolean()) {
            find(id(row)).ifPresent(this::forget);
        } else {
            keep(row);
        }
    }

    void clear() {
        rows.clear();
        byAccount.clear();
        last = 0;
    }

    private void keep(ObjectNode row) {
        String id = id(row);
        rows.put(id, row);
        if (row.hasNonNull("account_id")) {
            byAccount
                    .computeIfAbsent(row.path("account_id").asText(), account -> new LinkedHashMap<>())
                    .put(id, row);
        }
        if (row.path("id").isIntegralNumber()) {
            continueAfter(row.path("id").asLong());
        }
    }

    private void forget(ObjectNode row) {
        rows.remove(id(row));
        byAccount.getOrDefault(row.path("account_id").asText(), Map.of()).remove(id(row));
    }

    private static String id(JsonNode row) {
        return row.path("id").asText();
    }
}
