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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Records of the orders topic, a handful in one transaction together with their positions, so that the database alone knows how far
 * the topic was read. What goes wrong with the database goes to the caller, who reads them again; it never makes a dead letter.
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

    /** All of them or none. @param records those of each partition in the order of their offsets */
    @Failpoint(Step.RECORD)
    void take(List<TopicRecord> records) {
        QuarkusTransaction.requiringNew().run(() -> {
            Map<Integer, Long> positions = positions(records);
            List<Ordered> orders = new ArrayList<>();
            for (TopicRecord record : records) {
                boolean replay = record.offset() < positions.getOrDefault(record.partition(), 0L);
                positions.merge(record.partition(), record.offset() + 1, Math::max);
                // What is read again is judged by its own day: a range that was good then has ended by now.
                read(record, replay ? record.timestamp() : clock.instant(), replay)
                        .ifPresent(orders::add);
            }
            // What is new must not pass for read again, because the same order was read again in its company.
            store(orders.stream().filter(order -> order.submission().replay()).toList());
            store(orders.stream().filter(order -> !order.submission().replay()).toList());
            positions.forEach(this::advance);
        });
    }

    private Optional<Ordered> read(TopicRecord record, Instant now, boolean replay) {
        return events.read(record, rules(now)).fold(new OrderEvents.Cases<>() {
            @Override
            public Optional<Ordered> order(Checked.Valid order) {
                return Optional.of(new Ordered(record, order.from(source(record), null, replay)));
            }

            @Override
            public Optional<Ordered> refused(String reason) {
                deadLetters.keep(record, reason);
                return Optional.empty();
            }
        });
    }

    private void store(List<Ordered> read) {
        List<Acceptance> answers =
                orders.accept(read.stream().map(Ordered::submission).toList());
        for (int i = 0; i < read.size(); i++) {
            Redriven answer = told(answers.get(i));
            if (!answer.taken()) {
                deadLetters.keep(read.get(i).record(), answer.message());
            }
        }
    }

    /** A record that holds an order. */
    private record Ordered(TopicRecord record, Submission submission) {}

    @Override
    public String topic() {
        return NAME;
    }

    @Override
    public Redriven redrive(TopicRecord record, boolean again) {
        return events.read(record, rules(clock.instant())).fold(new OrderEvents.Cases<>() {
            @Override
            public Redriven order(Checked.Valid order) {
                return told(orders.accept(List.of(order.from(source(record), null, again)))
                        .get(0));
            }

            @Override
            public Redriven refused(String reason) {
                return new Redriven(false, reason);
            }
        });
    }

    private static Redriven told(Acceptance answer) {
        return answer.fold(new Acceptance.Cases<>() {
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

    @SuppressWarnings("unchecked")
    private Map<Integer, Long> positions(List<TopicRecord> records) {
        List<Object[]> rows = db.createNativeQuery(
                        "select partition, next_offset from kafka_position where topic = :topic")
                .setParameter("topic", NAME)
                .getResultList();
        Map<Integer, Long> positions = new TreeMap<>();
        rows.forEach(row -> positions.put(((Number) row[0]).intValue(), ((Number) row[1]).longValue()));
        positions
                .keySet()
                .retainAll(records.stream().map(TopicRecord::partition).toList());
        return positions;
    }

    private void advance(int partition, long next) {
        db.createNativeQuery("""
                        insert into kafka_position as known (topic, partition, next_offset) values (:topic, :partition, :next)
                        on conflict (topic, partition)
                        do update set next_offset = greatest(known.next_offset, excluded.next_offset)""")
                .setParameter("topic", NAME)
                .setParameter("partition", partition)
                .setParameter("next", next)
                .executeUpdate();
    }
}
