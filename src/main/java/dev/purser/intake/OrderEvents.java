package dev.purser.intake;

import dev.purser.intake.OrderForm.Rules;
import dev.purser.kernel.deadletter.TopicRecord;
import dev.purser.kernel.event.EventReader;
import dev.purser.kernel.event.Incoming;
import jakarta.enterprise.context.ApplicationScoped;

/** Orders out of Kafka records: events of one type, or bare order data. */
@ApplicationScoped
class OrderEvents {

    static final String TYPE = "dev.purser.order.submitted.v1";

    private final OrderData data;

    OrderEvents(OrderData data) {
        this.data = data;
    }

    /** What a record turned out to be. */
    interface Cases<R> {
        R order(Checked.Valid order);

        /** @param reason names the place and what would be right */
        R refused(String reason);
    }

    /** A record that was read. */
    interface Read {
        <R> R fold(Cases<R> cases);
    }

    Read read(TopicRecord record, Rules rules) {
        return EventReader.read(record.headers(), record.value(), EventReader.USUAL_LIMIT)
                .fold(new Incoming.Cases<>() {
                    @Override
                    public Read event(Incoming.Event event) {
                        return event.type() == null || event.type().equals(TYPE)
                                ? checked(data.check(event.data(), rules))
                                : refusal("type: is not read on this topic; it must be " + TYPE);
                    }

                    @Override
                    public Read unreadable(String reason) {
                        return refusal(reason);
                    }
                });
    }

    private static Read checked(Checked checked) {
        return checked.fold(new Checked.Cases<>() {
            @Override
            public Read valid(Checked.Valid order) {
                return new Read() {
                    @Override
                    public <R> R fold(Cases<R> cases) {
                        return cases.order(order);
                    }
                };
            }

            @Override
            public Read invalid(Checked.Invalid errors) {
                return refusal(errors.pointers());
            }
        });
    }

    private static Read refusal(String reason) {
        return new Read() {
            @Override
            public <R> R fold(Cases<R> cases) {
                return cases.refused(reason);
            }
        };
    }
}
