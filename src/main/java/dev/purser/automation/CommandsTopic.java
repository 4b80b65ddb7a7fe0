package dev.purser.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.purser.kernel.deadletter.DeadLetters;
import dev.purser.kernel.deadletter.Prospect;
import dev.purser.kernel.deadletter.Redrive;
import dev.purser.kernel.deadletter.Redriven;
import dev.purser.kernel.deadletter.TopicRecord;
import dev.purser.kernel.event.EventReader;
import dev.purser.kernel.event.Flaw;
import dev.purser.kernel.event.Incoming;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Records of the commands topic. A CloudEvent's id is the command's and its type names the verb; bare JSON says both itself. What is
 * no command goes to the dead letters; what goes wrong with the database goes to the caller, who reads the record again.
 */
@ApplicationScoped
class CommandsTopic implements Redrive {

    static final String NAME = "purser.commands.v1";

    private static final String TYPE = "dev.purser.command.";
    private static final String VERSION = ".v1";
    /** A document to compile comes along; a broker takes no more. */
    private static final int LARGEST = 1024 * 1024;

    private final Commands commands;
    private final DeadLetters deadLetters;
    private final Clock clock;

    CommandsTopic(Commands commands, DeadLetters deadLetters, Clock clock) {
        this.commands = commands;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    void take(TopicRecord record) {
        QuarkusTransaction.requiringNew().run(() -> {
            Redriven answer = accept(record, record.timestamp());
            if (!answer.taken()) {
                deadLetters.keep(record, answer.message());
            }
        });
    }

    @Override
    public String topic() {
        return NAME;
    }

    /** What was mended elsewhere may run now, however long ago it was sent: somebody wants it. */
    @Override
    public Redriven redrive(TopicRecord record, boolean again) {
        return accept(record, clock.instant());
    }

    private Redriven accept(TopicRecord record, Instant sentAt) {
        return read(
                record,
                sentAt,
                request -> answer(commands.accept(List.of(request)).get(0)),
                reason -> new Redriven(false, reason));
    }

    private static Redriven answer(Receipt receipt) {
        return receipt.fold(new Receipt.Cases<>() {
            @Override
            public Redriven accepted(String id) {
                return new Redriven(true, id + " was accepted");
            }

            @Override
            public Redriven duplicate(String id) {
                return new Redriven(true, id + " is known with the same content");
            }

            @Override
            public Redriven conflict(String message) {
                return new Redriven(false, message);
            }

            @Override
            public Redriven invalid(List<Flaw> flaws) {
                return new Redriven(false, Flaw.sentence(flaws));
            }
        });
    }

    @Override
    public Prospect foresee(TopicRecord record) {
        return read(record, clock.instant(), this::prospect, reason -> new Prospect(Prospect.Kind.UNREADABLE, reason));
    }

    private Prospect prospect(Request request) {
        return commands.foresee(request).fold(new Receipt.Cases<>() {
            @Override
            public Prospect accepted(String id) {
                return new Prospect(Prospect.Kind.WOULD_RUN, id + " would run");
            }

            @Override
            public Prospect duplicate(String id) {
                return new Prospect(
                        Prospect.Kind.ALREADY_ANSWERED,
                        id + " is known with the same content; its answer is its answer");
            }

            @Override
            public Prospect conflict(String message) {
                return new Prospect(Prospect.Kind.BLOCKED, message);
            }

            @Override
            public Prospect invalid(List<Flaw> flaws) {
                return new Prospect(Prospect.Kind.UNREADABLE, Flaw.sentence(flaws));
            }
        });
    }

    /** What a record turned out to be. @param refused is told the place and what would be right */
    static <R> R read(TopicRecord record, Instant sentAt, Function<Request, R> sent, Function<String, R> refused) {
        String source = "kafka:" + record.topic() + "/" + record.partition() + "@" + record.offset();
        return EventReader.read(record.headers(), record.value(), LARGEST).fold(new Incoming.Cases<>() {
            @Override
            public R event(Incoming.Event event) {
                JsonNode data = event.data();
                String type = event.type();
                if (type == null) {
                    return sent.apply(new Request(
                            data.path("id").asText(""),
                            data.path("verb").asText(""),
                            data(data),
                            source,
                            sentAt,
                            null));
                }
                if (!type.startsWith(TYPE) || !type.endsWith(VERSION)) {
                    return refused.apply("type: is not read on this topic; it must be " + TYPE + "<verb>" + VERSION);
                }
                String verb = type.substring(TYPE.length(), Math.max(TYPE.length(), type.length() - VERSION.length()));
                return sent.apply(
                        new Request(Objects.requireNonNullElse(event.id(), ""), verb, data, source, sentAt, null));
            }

            @Override
            public R unreadable(String reason) {
                return refused.apply(reason);
            }
        });
    }

    private static JsonNode data(JsonNode bare) {
        return bare.has("data") ? bare.path("data") : JsonNodeFactory.instance.objectNode();
    }
}
