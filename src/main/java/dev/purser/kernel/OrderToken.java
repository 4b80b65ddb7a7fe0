package dev.purser.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text that joins order, cart item, purchase and license: the last line of the item's free-text description. It is
 * derived from the installation and the order, never random, so that a crash cannot lose it.
 */
public record OrderToken(String instance, OrderId orderId) {

    private static final Pattern LINE = Pattern.compile("purser:([A-Za-z0-9._-]{1,64}):(" + OrderId.SHAPE + ")");

    public String text() {
        return "purser:" + instance + ":" + orderId.value();
    }

    /** The partner's own text, then the token on a line of its own. */
    public String appendTo(@Nullable String partnerText) {
        return partnerText == null || partnerText.isEmpty() ? text() : partnerText + "\n" + text();
    }

    /** Reads the last line only: what stands above it is the partner's. */
    public static Optional<OrderToken> find(@Nullable String description) {
        if (description == null) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(description.substring(description.lastIndexOf('\n') + 1));
        return line.matches()
                ? Optional.of(new OrderToken(line.group(1), new OrderId(line.group(2))))
                : Optional.empty();
    }

    /** True when a line of the partner's text could be taken for a token; such a text is rejected at intake. */
    public static boolean looksLikeOne(String partnerText) {
        return partnerText.lines().anyMatch(line -> line.strip().startsWith("purser:"));
    }
}
