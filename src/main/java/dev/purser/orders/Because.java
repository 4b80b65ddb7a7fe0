package dev.purser.orders;

import java.time.Instant;

/** Why an order changes, who says so, and when. @param why a sentence for a person */
public record Because(String why, String actor, Instant at) {}
