package dev.purser.orders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of orders, newest first. @param next the cursor of the next page, null on the last */
public record Page(List<OrderView> items, @Nullable Long next) {

    static Page of(Filter filter, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, Object> values = new HashMap<>();
        where(conditions, values, "state = :state", "state", filter.state());
        where(conditions, values, "content.campaign = :campaign", "campaign", filter.campaign());
        where(conditions, values, "content.importId = :import", "import", filter.importId());
        where(conditions, values, "id < :before", "before", filter.before());
        String text = filter.text() == null ? null : "%" + escaped(filter.text()) + "%";
        where(
                conditions,
                values,
                "(lower(orderId) like lower(:text) escape '!' or lower(content.license.title) like lower(:text) escape '!')",
                "text",
                text);
        List<Order> orders = Order.<Order>find(String.join(" and ", conditions) + " order by id desc", values)
                .page(0, limit + 1)
                .list();
        List<Order> shown = orders.subList(0, Math.min(limit, orders.size()));
        Long next = orders.size() > limit ? shown.get(limit - 1).id : null;
        return new Page(shown.stream().map(order -> Views.of(order, List.of())).toList(), next);
    }

    private static void where(
            List<String> conditions,
            Map<String, Object> values,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
