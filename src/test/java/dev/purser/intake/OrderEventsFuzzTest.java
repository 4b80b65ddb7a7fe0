package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.purser.kernel.deadletter.TopicRecord;
import dev.purser.kernel.event.Contracts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Whatever lies on the orders topic. Its inputs are kept and tried in every build; {@code mvn -Pcheck verify} looks for more. */
class OrderEventsFuzzTest {

    private static final OrderEvents EVENTS = new OrderEvents(new OrderData(new Contracts()));
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final OrderForm.Rules RULES = new OrderForm.Rules(NOW, true);
    private static final int LONGEST_REASON = 10_000;

    /** @param input its first byte says how the rest is sent */
    @FuzzTest(maxDuration = "10m")
    void every_record_ends_as_an_order_or_as_a_reason(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] value = Arrays.copyOfRange(input, 1, input.length);

        String end = EVENTS.read(
                        new TopicRecord(OrdersTopic.NAME, 0, 0, NOW, null, value, headers(input[0], value)), RULES)
                .fold(new OrderEvents.Cases<>() {
                    @Override
                    public String order(Checked.Valid order) {
                        return order.orderId().value();
                    }

                    @Override
                    public String refused(String reason) {
                        return reason;
                    }
                });

        assertThat(end).isNotEmpty().hasSizeLessThan(LONGEST_REASON);
    }

    private static Headers headers(byte mode, byte[] value) {
        Headers headers = new RecordHeaders();
        switch (mode & 3) {
            case 1 -> headers.add("content-type", bytes("application/cloudevents+json"));
            case 2 -> {
                headers.add("ce_specversion", bytes("1.0"))
                        .add("ce_id", bytes("1"))
                        .add("ce_source", bytes("/shop"));
                headers.add("ce_type", bytes(OrderEvents.TYPE)).add("content-type", bytes("application/json"));
            }
            case 3 -> {
                headers.add("content-type", value).add("ce_specversion", bytes("1.0"));
                headers.add("ce_time", value).add("ce_type", value).add("ce_source", value);
            }
            default -> headers.add("x", value);
        }
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
