package dev.purser.orders;

import jakarta.persistence.Embeddable;

/** Why an order is where it is. @param code for programs, {@code message} for people */
@Embeddable
record Reason(String code, String message) {}
