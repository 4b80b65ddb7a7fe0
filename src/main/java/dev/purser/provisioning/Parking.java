package dev.purser.provisioning;

import dev.purser.orders.Because;
import dev.purser.orders.Order;
import dev.purser.orders.OrderState;
import dev.purser.orders.Orders;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells people, once, of an order whose checkout stays unknown for long, by the database's clock. Nothing is settled by this: the
 * money stays reserved, and the engine goes on asking.
 */
@ApplicationScoped
class Parking {

    private static final Logger LOG = Logger.getLogger(Parking.class);

    private final EntityManager db;
    private final Orders orders;
    private final Clock clock;
    private final Duration after;

    Parking(
            EntityManager db,
            Orders orders,
            Clock clock,
            @ConfigProperty(name = "purser.unknown.park-after", defaultValue = "PT15M") Duration after) {
        this.db = db;
        this.orders = orders;
        this.clock = clock;
        this.after = after;
    }

    /** Called by the clock, on every instance: who locks the order first tells of it. */
    void park() {
        try {
            QuarkusTransaction.requiringNew().call(this::due).forEach(this::park);
        } catch (RuntimeException e) {
            LOG.warnf("unknown orders could not be looked through and are so again: %s", e.getMessage());
        }
    }

    private record Due(long order, String why) {}

    @SuppressWarnings("unchecked")
    private List<Due> due() {
        List<Tuple> rows = db.createNativeQuery("""
                        select o.id, c.id, c.written_at, c.asked, c.asked_at, c.last_answer
                          from checkout c join checkout_line l on l.checkout_id = c.id join orders o on o.id = l.order_ref
                         where c.state in ('PAYING', 'DOUBTED', 'DISARMED') and o.state = 'UNKNOWN'
                           and o.code is distinct from :parked and c.written_at < now() - cast(:after as interval)
                         order by o.id""", Tuple.class)
                .setParameter("parked", Order.PARKED)
                .setParameter("after", after.toString())
                .getResultList();
        return rows.stream()
                .map(row -> new Due(
                        row.get(0, Long.class),
                        "parked: since " + row.get(2, Instant.class) + " nobody knows whether checkout "
                                + row.get(1, Long.class)
                                + " bought it. Its money stays reserved, nothing is paid again, and CoCalc goes on being asked; "
                                + asked(
                                        row.get(3, Integer.class),
                                        row.get(4, Instant.class),
                                        row.get(5, String.class))))
                .toList();
    }

    private static String asked(int times, @Nullable Instant last, @Nullable String answer) {
        return times == 0
                ? "it was not asked yet"
                : "asked so far: " + times + (times == 1 ? " time" : " times") + ", last at " + last + ": " + answer;
    }

    private void park(Due due) {
        QuarkusTransaction.requiringNew().run(() -> orders.lock(List.of(due.order())).stream()
                .filter(order -> order.state() == OrderState.UNKNOWN && !Order.PARKED.equals(order.code()))
                .forEach(order -> {
                    order.park(new Because(due.why(), "engine", clock.instant()));
                    LOG.errorf("order %s is %s", order.orderId(), due.why());
                }));
    }
}
