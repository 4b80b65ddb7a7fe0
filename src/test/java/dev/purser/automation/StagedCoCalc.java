package dev.purser.automation;

import dev.purser.cocalc.Answer;
import dev.purser.cocalc.CoCalc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;

/** A CoCalc that gives the answers it was told to give, one after the other, and writes down what it was asked. */
final class StagedCoCalc {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final UUID ACCOUNT = UUID.fromString("84a487cf-4b90-4140-b7cd-c9061aede735");
    static final Answer<CoCalc.Identity> NAMED = new Answer.Done<>(new CoCalc.Identity(ACCOUNT, null));

    final List<String> asked = new ArrayList<>();
    private final Queue<Answer<?>> answers = new ArrayDeque<>();

    StagedCoCalc answers(Answer<?>... staged) {
        answers.addAll(List.of(staged));
        return this;
    }

    Tried perform(Deed deed) {
        return perform(deed, false);
    }

    Tried perform(Deed deed, boolean mayWrite) {
        CoCalc cocalc = (CoCalc) Proxy.newProxyInstance(
                CoCalc.class.getClassLoader(), new Class<?>[] {CoCalc.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName() + (arguments == null ? "" : List.of(arguments)));
                    Answer<?> answer = answers.poll();
                    if (answer == null) {
                        throw new InvocationTargetException(null, "nothing staged for " + asked);
                    }
                    return answer;
                });
        return deed.perform(new Bench(
                "main", cocalc, "http:alice, command c-1", true, null, mayWrite, Clock.fixed(NOW, ZoneOffset.UTC)));
    }
}
