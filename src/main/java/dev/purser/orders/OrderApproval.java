package dev.purser.orders;

import dev.purser.kernel.Money;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who approved which content of an order at which price; never changed, never deleted. */
@Entity
@Table(name = "order_approval")
@IdClass(OrderEvent.Key.class)
class OrderApproval extends PanacheEntityBase {

    @Id
    @Column(name = "order_ref")
    long orderRef;

    @Id
    int number;

    int attempt;

    @Column(name = "content_hash")
    String contentHash;

    Money price;

    @Column(name = "approved_by")
    String approvedBy;

    @Column(name = "approved_at")
    Instant approvedAt;

    @Column(name = "approval_id")
    @Nullable
    Long approvalId;

    @SuppressWarnings("NullAway.Init")
    protected OrderApproval() {}

    /** @param set the decision that this is part of; null: it is about this order alone */
    OrderApproval(Order order, @Nullable Long set, Because because) {
        this.approvalId = set;
        this.orderRef = order.id;
        this.number = order.events;
        this.attempt = order.attempt;
        this.contentHash = order.content.hash();
        this.price = Objects.requireNonNull(order.approvedCost);
        this.approvedBy = because.actor();
        this.approvedAt = because.at();
    }
}
