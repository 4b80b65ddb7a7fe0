package dev.purser.intake;

import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.deadletter.DeadLetters;
import dev.purser.kernel.deadletter.Prospect;
import dev.purser.kernel.deadletter.Redrive;
import dev.purser.kernel.deadletter.Redriven;
import dev.purser.kernel.deadletter.TopicRecord;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Acceptance;
import dev.purser.orders.Orders;
import dev.purser.orders.Submission;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Records of the orders topic, each in one transaction together with its position, so that the database alone knows how far the topic
 * was read. What goes wrong with the database goes to the caller, who reads the record again; it never makes a dead letter.
 */
@ApplicationScoped
class OrdersTopic implements Redrive {

    static final String NAME = "purser.orders.v1";

    private final Orders orders;
    private final OrderEvents events;
    private final DeadLetters deadLetters;
    private final EntityManager db;
    private final Clock clock;
    private final boolean subscriptions;

    OrdersTopic(
            Orders orders,
            OrderEvents events,
            DeadLetters deadLetters,
            EntityManager db,
            Clock clock,
            @ConfigProperty(name = "purser.subscriptions", defaultValue = "true") boolean subscriptions) {
        this.orders = orders;
        this.events = events;
        this.deadLetters = deadLetters;
        this.db = db;
        this.clock = clock;
        this.subscriptions = subscriptions;
    }

    @Failpoint(Step.RECORD)
    void take(TopicRecord record) {
        QuarkusTransaction.requiringNew().run(() -> {
            boolean replay = record.offset() < position(record);
            // What is read again is judged by its own day: a range that was good then has ended by now.
            Redriven answer = accept(record, replay ? record.timestamp() : clock.instant(), replay);
            advance(record);
            if (!answer.taken()) {
                deadLetters.keep(record, answer.message());
            }
        });
    }

    @Override
    public String topic() {
        return NAME;
    }

    @Override
    public Redriven redrive(TopicRecord record, boolean again) {
        return accept(record, clock.instant(), again);
    }

    private Redriven accept(TopicRecord record, Instant now, boolean replay) {
        return events.read(record, rules(now)).fold(new OrderEvents.Cases<>() {
            @Override
            public Redriven order(Checked.Valid order) {
                return accept(order.from(source(record), null, replay));
            }

            @Override
            public Redriven refused(String reason) {
                return new Redriven(false, reason);
            }
        });
    }

    private Redriven accept(Submission submission) {
        return orders.accept(List.of(submission)).get(0).fold(new Acceptance.Cases<>() {
            @Override
            public Redriven accepted(Acceptance.Accepted accepted) {
                return new Redriven(true, accepted.orderId() + " was accepted, attempt " + accepted.attempt());
            }

            @Override
            public Redriven duplicate(Acceptance.Duplicate duplicate) {
                return new Redriven(true, duplicate.orderId() + " is known with the same content");
            }

            @Override
            public Redriven conflict(Acceptance.Conflict conflict) {
                return new Redriven(false, conflict.message());
            }
        });
    }

    @Override
    public Prospect foresee(TopicRecord record) {
        return events.read(record, rules(clock.instant())).fold(new OrderEvents.Cases<>() {
            @Override
            public Prospect order(Checked.Valid order) {
                return Prospects.of(orders.foresee(order.from(source(record), null, false)));
            }

            @Override
            public Prospect refused(String reason) {
                return new Prospect(Prospect.Kind.UNREADABLE, reason);
            }
        });
    }

    private Rules rules(Instant now) {
        return new Rules(now, subscriptions);
    }

    private static String source(TopicRecord record) {
        return "kafka:" + record.topic() + "/" + record.partition() + "@" + record.offset();
    }

    private long position(TopicRecord record) {
        return ((Number) db.createNativeQuery("select coalesce((select next_offset from kafka_position"
                                + " where topic = :topic and partition = :partition), 0)")
                        .setParameter("topic", record.topic())
                        .setParameter("partition", record.partition())
                        .getSingleResult())
                .longValue();
    }

    private void advance(TopicRecord record) {
        db.createNativeQuery("""
                        insert into kafka_position as known (topic, partition, next_offset) values (:topic, :partition, :next)
                        on conflict (topic, partition)
                        do update set next_offset = greatest(known.next_offset, excluded.next_offset)""")
                .setParameter("topic", record.topic())
                .setParameter("partition", record.partition())
                .setParameter("next", record.offset() + 1)
                .executeUpdate();
    }
}
