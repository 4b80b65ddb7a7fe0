package dev.purser.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.kernel.event.Contracts;
import dev.purser.kernel.event.Flaw;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Told after the others: whatever Purser announced in them keeps to its schema. */
@Order(Integer.MAX_VALUE - 1)
@Isolated
class EveryEventIT {

    private final ObjectMapper json = new ObjectMapper();
    private final Contracts contracts = new Contracts();
    private final List<String> flaws = new ArrayList<>();

    @Test
    void every_announcement_is_a_cloudevent_whose_data_its_schema_allows() {
        for (Parts parts : Parts.all()) {
            Topics topics = new Topics(parts.brokers());
            for (String topic : List.of("purser.outcomes.v1", "purser.results.v1", "purser.reconciliation.v1")) {
                topics.records(topic, this::hold);
            }
        }

        assertThat(flaws).isEmpty();
    }

    private void hold(ConsumerRecord<byte[], byte[]> record) {
        CloudEvent event = KafkaMessageFactory.createReader(record.headers(), record.value())
                .toEvent();
        try {
            JsonNode data = json.readTree(event.getData().toBytes());
            if (!contracts.knows(event.getType())) {
                flaws.add(event.getType() + " has no schema");
            } else {
                List<Flaw> found = contracts.check(event.getType(), data);
                found.forEach(flaw -> flaws.add(event.getType() + " " + event.getId() + " " + flaw));
            }
        } catch (IOException e) {
            flaws.add(event.getType() + " is no JSON");
        }
    }
}
