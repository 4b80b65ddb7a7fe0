package dev.purser.kernel.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; null is any.
 *
 * @param reason a part of it, in any letter case
 */
public record Letters(@Nullable String topic, @Nullable String reason, DeadLetter.@Nullable State state) {}
