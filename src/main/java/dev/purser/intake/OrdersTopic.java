package dev.purser.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.failpoint.Failpoint;
import dev.purser.kernel.failpoint.Step;
import dev.purser.orders.Acceptance;
import dev.purser.orders.Orders;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Records of the orders topic, each in one transaction together with its position, so that the database alone knows how far the topic
 * was read. What goes wrong with the database goes to the caller, who reads the record again; it never makes a dead letter.
 */
@ApplicationScoped
class OrdersTopic {

    private final Orders orders;
    private final DeadLetters deadLetters;
    private final EntityManager db;
    private final Clock clock;
    private final boolean subscriptions;

    OrdersTopic(
            Orders orders,
            DeadLetters deadLetters,
            EntityManager db,
            Clock clock,
            @ConfigProperty(name = "purser.subscriptions", defaultValue = "true") boolean subscriptions) {
        this.orders = orders;
        this.deadLetters = deadLetters;
        this.db = db;
        this.clock = clock;
        this.subscriptions = subscriptions;
    }

    /** Answers the dead letter that is still to be published for this record, if any. */
    @Failpoint(Step.RECORD)
    Optional<DeadLetter> take(TopicRecord record) {
        OrderEvent event = OrderEvents.read(record.headers(), record.value());
        return QuarkusTransaction.requiringNew().call(() -> {
            boolean replay = record.offset() < position(record);
            Optional<String> refusal = refusal(event, record, replay);
            advance(record);
            return refusal.flatMap(reason -> deadLetters.keep(record, reason));
        });
    }

    private Optional<String> refusal(OrderEvent event, TopicRecord record, boolean replay) {
        // What is read again is judged by its own day: a range that was good then has ended by now.
        Rules rules = new Rules(replay ? record.timestamp() : clock.instant(), subscriptions);
        return event.fold(new OrderEvent.Cases<Optional<String>>() {
            @Override
            public Optional<String> data(JsonNode data) {
                return OrderForm.ofJson(data, rules).fold(new Checked.Cases<Optional<String>>() {
                    @Override
                    public Optional<String> valid(Checked.Valid order) {
                        return accept(order, record, replay);
                    }

                    @Override
                    public Optional<String> invalid(Checked.Invalid errors) {
                        return Optional.of(errors.message());
                    }
                });
            }

            @Override
            public Optional<String> unreadable(String reason) {
                return Optional.of(reason);
            }
        });
    }

    private Optional<String> accept(Checked.Valid order, TopicRecord record, boolean replay) {
        String source = "kafka:" + record.topic() + "/" + record.partition() + "@" + record.offset();
        Acceptance acceptance =
                orders.accept(List.of(order.from(source, null, replay))).get(0);
        return acceptance.fold(new Acceptance.Cases<Optional<String>>() {
            @Override
            public Optional<String> accepted(Acceptance.Accepted accepted) {
                return Optional.empty();
            }

            @Override
            public Optional<String> duplicate(Acceptance.Duplicate duplicate) {
                return Optional.empty();
            }

            @Override
            public Optional<String> conflict(Acceptance.Conflict conflict) {
                return Optional.of(conflict.message());
            }
        });
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
