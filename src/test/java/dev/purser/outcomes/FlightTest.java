package dev.purser.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.outcomes.Outbox.Due;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class FlightTest {

    private static final CloudEvent EVENT = CloudEventBuilder.v1()
            .withId("any")
            .withType("dev.purser.order.accepted.v1")
            .withSource(URI.create("/purser"))
            .build();

    private static Due due(long row, String key) {
        return due(row, Topic.OUTCOMES, key);
    }

    private static Due due(long row, Topic topic, String key) {
        return new Due(row, topic, key, EVENT);
    }

    private static List<List<Long>> rows(List<Due> due, Set<Long> alone) {
        return Flight.of(due, alone, each -> true).stream()
                .map(flight -> StreamSupport.stream(flight.spliterator(), false)
                        .map(Due::row)
                        .toList())
                .toList();
    }

    @Test
    void what_is_of_different_keys_flies_together() {
        assertThat(rows(List.of(due(1, "a"), due(2, "b"), due(3, "c")), Set.of()))
                .containsExactly(List.of(1L, 2L, 3L));
    }

    @Test
    void no_two_of_one_key_are_on_their_way_at_once_and_the_older_one_leaves_first() {
        assertThat(rows(List.of(due(1, "a"), due(2, "a"), due(3, "b"), due(4, "a"), due(5, "b")), Set.of()))
                .containsExactly(List.of(1L, 3L), List.of(2L, 5L), List.of(4L));
    }

    @Test
    void each_topic_has_flights_of_its_own_so_that_one_that_is_away_spoils_no_other() {
        assertThat(rows(List.of(due(1, Topic.OUTCOMES, "a"), due(2, Topic.RESULTS, "b"), due(3, "c")), Set.of()))
                .containsExactly(List.of(1L, 3L), List.of(2L));
    }

    @Test
    void whatever_may_have_been_refused_flies_alone() {
        assertThat(rows(List.of(due(1, "a"), due(2, "b"), due(3, "c"), due(4, "d")), Set.of(1L, 3L)))
                .containsExactly(List.of(1L), List.of(2L, 4L), List.of(3L));
    }

    @Test
    void a_flight_whose_time_is_up_has_told_only_what_had_left() {
        Flight flight = Flight.of(List.of(due(1, "a"), due(2, "b"), due(3, "c")), Set.of(), each -> each.row() < 3)
                .get(0);

        flight.forEach(left -> {});

        assertThat(flight.rows()).containsExactly(1L, 2L);
    }
}
