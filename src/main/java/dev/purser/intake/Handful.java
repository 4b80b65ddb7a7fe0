package dev.purser.intake;

import dev.purser.kernel.deadletter.TopicRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Records of a topic that are stored together. What could not be stored stays in hand until it was, whether it is read once more or
 * not, and nothing is committed before.
 */
final class Handful {

    private static final int MOST = 200;
    /** Of their values, in bytes. */
    private static final int HEAVIEST = 4_000_000;

    private final List<TopicRecord> records = new ArrayList<>();
    private final Map<Integer, Runnable> commits = new HashMap<>();
    private long weight;

    /** @param commit tells the broker that the partition was read up to this record */
    synchronized void add(TopicRecord record, Runnable commit) {
        commits.put(record.partition(), commit);
        if (records.stream()
                .noneMatch(held -> held.partition() == record.partition() && held.offset() == record.offset())) {
            records.add(record);
            weight += weight(record);
        }
    }

    synchronized boolean isFull() {
        return records.size() >= MOST || weight >= HEAVIEST;
    }

    /**
     * All at once; where that fails, one by one, so that one that cannot be stored holds up only those behind it.
     *
     * @return what to tell the broker now, once: nobody can tell it before
     */
    synchronized List<Runnable> store(Consumer<List<TopicRecord>> store) {
        try {
            store.accept(List.copyOf(records));
            records.clear();
            weight = 0;
        } catch (RuntimeException e) {
            if (records.size() == 1) {
                throw e;
            }
            while (!records.isEmpty()) {
                store.accept(List.of(records.get(0)));
                weight -= weight(records.remove(0));
            }
        }
        List<Runnable> all = List.copyOf(commits.values());
        commits.clear();
        return all;
    }

    private static int weight(TopicRecord record) {
        return record.value() == null ? 0 : record.value().length;
    }
}
