package dev.purser.orders;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** A person wants an order to be cancelled. @param by whom its history names */
@Embeddable
record CancelWish(
        @Column(name = "cancel_asked_at") Instant at,
        @Column(name = "cancel_asked_by") String by) {}
