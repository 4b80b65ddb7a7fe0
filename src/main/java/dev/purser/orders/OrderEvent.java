package dev.purser.orders;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One transition of an order; never changed, never deleted. */
@Entity
@Table(name = "order_event")
@IdClass(OrderEvent.Key.class)
class OrderEvent extends PanacheEntityBase {

    @Id
    @Column(name = "order_ref")
    long orderRef;

    @Id
    int number;

    int attempt;
    Instant at;

    @Enumerated(EnumType.STRING)
    @Column(name = "from_state")
    @Nullable
    OrderState from;

    @Enumerated(EnumType.STRING)
    @Column(name = "to_state")
    OrderState to;

    String why;
    String actor;

    @SuppressWarnings("NullAway.Init")
    protected OrderEvent() {}

    OrderEvent(Order order, int number, @Nullable OrderState from, Because because) {
        this.orderRef = order.id;
        this.number = number;
        this.attempt = order.attempt;
        this.at = because.at();
        this.from = from;
        this.to = order.state;
        this.why = because.why();
        this.actor = because.actor();
    }

    static List<OrderEvent> of(Order order) {
        return list("orderRef = ?1 order by number", order.id);
    }

    OrderView.Event view() {
        return new OrderView.Event(at, from, to, why, actor);
    }

    record Key(long orderRef, int number) implements Serializable {}
}
