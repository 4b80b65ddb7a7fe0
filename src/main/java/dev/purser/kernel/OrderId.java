package dev.purser.kernel;

import java.util.Optional;
import java.util.regex.Pattern;

/** The partner's own key of an order: {@code [A-Za-z0-9._:/-]{1,128}}, case-sensitive. */
public record OrderId(String value) implements Comparable<OrderId> {

    public static final String SHAPE = "[A-Za-z0-9._:/-]{1,128}";
    private static final Pattern PATTERN = Pattern.compile(SHAPE);

    public OrderId {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("an order_id matches " + SHAPE);
        }
    }

    public static Optional<OrderId> parse(String text) {
        return PATTERN.matcher(text).matches() ? Optional.of(new OrderId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(OrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
