package dev.purser.orders;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of an account that licenses are for. */
@Entity
@Table(name = "customer")
class Customer extends PanacheEntityBase {

    @Id
    @Column(name = "account_id")
    UUID accountId;

    boolean waiting;

    /** Null until it was asked. */
    @Nullable
    Boolean known;

    @Nullable
    String email;

    @Column(name = "looked_up_at")
    @Nullable
    Instant lookedUpAt;

    @Column(name = "claimed_until")
    @Nullable
    Instant claimedUntil;

    @SuppressWarnings("NullAway.Init")
    protected Customer() {}
}
