package dev.purser.orders;

import org.jspecify.annotations.Nullable;

/**
 * Which orders, newest first; null means any.
 *
 * @param text part of an order_id or title
 * @param before only orders whose internal key is below this one: the cursor of the page before
 */
public record Filter(
        @Nullable OrderState state,
        @Nullable String campaign,
        @Nullable Long importId,
        @Nullable String text,
        @Nullable Long before) {}
