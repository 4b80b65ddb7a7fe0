package dev.purser.kernel.deadletter;

import dev.purser.kernel.deadletter.DeadLetter.State;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** What people do with dead letters. Each letter has a transaction of its own, and stays as it came whatever is done with it. */
@ApplicationScoped
public class Replays {

    private final DeadLetters letters;
    private final Instance<Redrive> redrives;

    Replays(DeadLetters letters, Instance<Redrive> redrives) {
        this.letters = letters;
        this.redrives = redrives;
    }

    /** What {@link #replay} would do now. Empty when there is no such letter. */
    public Optional<Prospect> foresee(long id) {
        return letters.original(id).map(record -> redrive(record).foresee(record));
    }

    /** Any number of times: what was taken before starts nothing anew. Empty when there is no such letter. */
    public Optional<Redriven> replay(long id, String actor) {
        return QuarkusTransaction.requiringNew().call(() -> letters.lock(id).map(letter -> {
            TopicRecord record = letters.original(id).orElseThrow();
            Redriven answer = redrive(record).redrive(record, letter.state() == State.REPLAYED);
            if (answer.taken()) {
                letters.decide(id, State.REPLAYED, actor, answer.message());
            } else {
                letters.triedInVain(id, answer.message());
            }
            return answer;
        }));
    }

    /** Not of one that was taken by a replay: its order is on its way. Empty when there is no such letter. */
    public Optional<Redriven> drop(long id, String actor, String why) {
        return QuarkusTransaction.requiringNew().call(() -> letters.lock(id).map(letter -> {
            if (letter.state() == State.REPLAYED) {
                return new Redriven(false, "It was replayed and taken: " + letter.note());
            }
            letters.decide(id, State.DROPPED, actor, why);
            return new Redriven(true, why);
        }));
    }

    private Redrive redrive(TopicRecord record) {
        return redrives.stream()
                .filter(each -> each.topic().equals(record.topic()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody reads the topic " + record.topic()));
    }
}
