package dev.purser.outcomes;

import dev.purser.outcomes.Outbox.Due;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Announcements on their way to one topic together, all acknowledged before the next flight leaves. No two are of one key: should the
 * broker lose one of them, none of its key has overtaken it.
 */
final class Flight implements Iterable<Due> {

    private final Topic topic;
    private final List<Due> booked = new ArrayList<>();
    private final List<Due> gone = new ArrayList<>();
    private final Predicate<Due> mayGo;

    private Flight(Topic topic, Predicate<Due> mayGo) {
        this.topic = topic;
        this.mayGo = mayGo;
    }

    /**
     * In the order in which they leave.
     *
     * @param due oldest first
     * @param alone rows that fly by themselves, since something of their last flight was refused
     * @param mayGo asked when its turn has come; a flight leaves without those that may not
     */
    static List<Flight> of(List<Due> due, Set<Long> alone, Predicate<Due> mayGo) {
        List<List<Flight>> waves = new ArrayList<>();
        Map<String, Integer> next = new HashMap<>();
        for (Due each : due) {
            int wave = next.merge(each.key(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            flight(waves.get(wave), each, alone, mayGo).booked.add(each);
        }
        return waves.stream().flatMap(List::stream).toList();
    }

    private static Flight flight(List<Flight> wave, Due due, Set<Long> alone, Predicate<Due> mayGo) {
        for (Flight known : wave) {
            boolean joins = !alone.contains(due.row())
                    && !alone.contains(known.booked.get(0).row());
            if (joins && known.topic == due.topic()) {
                return known;
            }
        }
        Flight begun = new Flight(due.topic(), mayGo);
        wave.add(begun);
        return begun;
    }

    Topic topic() {
        return topic;
    }

    /** Those that were handed to the broker, whatever became of them. */
    List<Due> gone() {
        return gone;
    }

    List<Long> rows() {
        return gone.stream().map(Due::row).toList();
    }

    /** Hands them out one by one, and marks each as gone. */
    @Override
    public Iterator<Due> iterator() {
        return booked.stream().filter(mayGo).peek(gone::add).iterator();
    }
}
