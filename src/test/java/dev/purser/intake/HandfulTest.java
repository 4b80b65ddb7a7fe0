package dev.purser.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.kernel.deadletter.TopicRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HandfulTest {

    private final Handful handful = new Handful();
    private final List<List<Long>> stored = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();
    private long unstorable = -1;

    private void add(int partition, long offset) {
        add(partition, offset, new byte[0]);
    }

    private void add(int partition, long offset, byte[] value) {
        handful.add(
                new TopicRecord("purser.orders.v1", partition, offset, Instant.EPOCH, null, value, new RecordHeaders()),
                () -> committed.add(partition + "@" + offset));
    }

    private void store(List<TopicRecord> records) {
        List<Long> offsets = records.stream().map(TopicRecord::offset).toList();
        if (offsets.contains(unstorable)) {
            throw new IllegalStateException("the database is away");
        }
        stored.add(offsets);
    }

    @Test
    void what_came_together_is_stored_together_and_each_partition_is_committed_at_its_last_record() {
        add(0, 7);
        add(0, 8);
        add(1, 3);

        handful.store(this::store).forEach(Runnable::run);

        assertThat(stored).containsExactly(List.of(7L, 8L, 3L));
        assertThat(committed).containsExactlyInAnyOrder("0@8", "1@3");
        assertThat(handful.store(this::store)).isEmpty();
    }

    @Test
    void a_record_that_cannot_be_stored_holds_up_those_behind_it_and_no_others() {
        unstorable = 8;
        add(0, 7);
        add(0, 8);
        add(0, 9);

        assertThatThrownBy(() -> handful.store(this::store)).hasMessage("the database is away");

        assertThat(stored).containsExactly(List.of(7L));
    }

    @Test
    void what_could_not_be_stored_stays_in_hand_and_counts_once_when_it_is_read_again() {
        unstorable = 8;
        add(0, 8);
        assertThatThrownBy(() -> handful.store(this::store)).hasMessage("the database is away");

        unstorable = -1;
        add(0, 8);
        add(0, 9);
        handful.store(this::store).forEach(Runnable::run);

        assertThat(stored).containsExactly(List.of(8L, 9L));
        assertThat(committed).containsExactly("0@9");
    }

    @Test
    void few_large_records_fill_it_as_many_small_ones_do() {
        for (int offset = 0; offset < 199; offset++) {
            add(0, offset);
        }
        assertThat(handful.isFull()).isFalse();
        add(0, 199);
        assertThat(handful.isFull()).isTrue();

        handful.store(this::store);
        assertThat(handful.isFull()).isFalse();
        add(0, 200, new byte[4_000_000]);
        assertThat(handful.isFull()).isTrue();
    }
}
