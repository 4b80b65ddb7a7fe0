package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** The faults that change what an endpoint sees or says, in force for one call. */
record Bent(List<Fault> faults) {
    static final Bent NOT = new Bent(List.of());

    boolean databaseDown() {
        return faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.DB_DOWN);
    }

    BigDecimal priceFactor(ObjectNode item) {
        return faults.stream()
                .filter(fault -> fault.kind() == Fault.Kind.PRICE_FACTOR && hits(fault, item))
                .map(fault -> new BigDecimal(fault.params().path("factor").asText("1.1")))
                .reduce(BigDecimal.ONE, BigDecimal::multiply);
    }

    /** A poison fault that names its victims by {@code match} fails the pricing or the purchase of those items. */
    void poison(ObjectNode item, String when) {
        for (Fault fault : faults) {
            JsonNode params = fault.params();
            if (fault.kind() == Fault.Kind.POISON_ITEM
                    && params.has("match")
                    && params.path("when").asText("checkout").equals(when)
                    && hits(fault, item)) {
                throw new Thrown(params.path("text").asText("field \"custom_ram\" too small or too big"));
            }
        }
    }

    private static boolean hits(Fault fault, ObjectNode item) {
        JsonNode match = fault.params().path("match");
        return Json.absent(match) || Json.write(item.path("description")).contains(match.asText());
    }
}
