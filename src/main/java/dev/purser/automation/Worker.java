package dev.purser.automation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.cocalc.CoCalcDoor;
import dev.purser.kernel.event.Flaw;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries out commands: several at once, slow ones never in all hands, each until it has its one answer. */
@ApplicationScoped
public class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final int QUICK_AT_ONCE = 6;
    private static final int SLOW_AT_ONCE = 4;
    private static final long SIGN_OF_LIFE = TimeUnit.SECONDS.toNanos(3);
    private static final List<Verb> SLOW = List.of(Verb.LATEX_COMPILE, Verb.PURCHASES_PULL);
    private static final List<Verb> QUICK =
            Arrays.stream(Verb.values()).filter(verb -> !SLOW.contains(verb)).toList();

    private final Claims claims;
    private final CoCalcDoor door;
    private final Hands hands;
    private final Clock clock;
    private final boolean mayWrite;
    private final Map<UUID, Command> inHand = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(QUICK_AT_ONCE + SLOW_AT_ONCE, task -> new Thread(task, "purser-command"));
    private final AtomicLong signedAt = new AtomicLong(System.nanoTime());
    private volatile boolean open = true;

    Worker(
            Claims claims,
            CoCalcDoor door,
            Hands hands,
            Clock clock,
            @ConfigProperty(name = "purser.user-query.writes", defaultValue = "false") boolean mayWrite) {
        this.claims = claims;
        this.door = door;
        this.hands = hands;
        this.clock = clock;
        this.mayWrite = mayWrite;
    }

    /** Called by the clock; takes on what is due and returns, the work goes on elsewhere. */
    public void turn() {
        if (!open) {
            return;
        }
        long signed = signedAt.get();
        if (!inHand.isEmpty()
                && System.nanoTime() - signed > SIGN_OF_LIFE
                && signedAt.compareAndSet(signed, System.nanoTime())) {
            claims.keep(List.copyOf(inHand.keySet()));
        }
        takeOn();
    }

    private void takeOn() {
        takeOn(QUICK, QUICK_AT_ONCE);
        takeOn(SLOW, SLOW_AT_ONCE);
    }

    private synchronized void takeOn(List<Verb> verbs, int atOnce) {
        int free = atOnce
                - (int) inHand.values().stream()
                        .filter(each -> verbs.contains(each.verb()))
                        .count();
        if (free > 0) {
            claims.claim(verbs, free).forEach(command -> {
                inHand.put(command.claim(), command);
                threads.execute(() -> work(command));
            });
        }
    }

    private void work(Command command) {
        try {
            Tried tried = command.isExpired() ? expired(command) : attempt(command);
            ending(command, tried).ifPresent(ending -> {
                claims.end(command, ending);
                LOG.infof("%s: %s%s", command, ending.state(), ending.code() == null ? "" : ", " + ending.code());
            });
        } catch (RuntimeException e) {
            // Its claim lapses, and it is taken on again.
            LOG.warnf(
                    "%s could not be carried out and is taken on again: %s",
                    command, e.getClass().getSimpleName());
            LOG.debugf(e, "%s", command);
        } finally {
            inHand.remove(command.claim());
        }
        next();
    }

    /** A hand that is free does not wait for the clock. */
    private void next() {
        try {
            if (open) {
                takeOn();
            }
        } catch (RuntimeException e) {
            LOG.debugf(e, "the clock takes on what is due");
        }
    }

    private static Tried expired(Command command) {
        String before = command.lastMessage() == null ? "" : " What kept it: " + command.lastMessage() + ".";
        return new Tried.Failed(
                "expired",
                "It expired at " + command.expiresAt() + ", before it was done." + before
                        + " Send it under a new id, with a longer ttl if it may wait longer.");
    }

    private Tried attempt(Command command) {
        Form form = new Form(command.data());
        Deed deed = command.verb().read(form);
        if (deed == null) {
            // Accepted by an earlier release with other rules.
            return new Tried.Failed(
                    "invalid", Flaw.sentence(form.flaws()) + ". Correct it and send it under a new id.");
        }
        String account = account(form.purchasingAccount());
        if (account == null) {
            return new Tried.Failed(
                    "account_not_configured",
                    "purchasing_account: is none of " + door.accounts()
                            + "; correct it, or configure PURSER_ACCOUNTS_<NAME>_API_KEY, and send the command under a new id.");
        }
        return deed.perform(
                new Bench(account, door.as(account), command.actor(), command.attempts() == 1, hands, mayWrite, clock));
    }

    /** The one that the command names, else the first of the configured ones in alphabetical order. */
    private @Nullable String account(@Nullable String wanted) {
        return wanted == null
                ? door.accounts().stream().findFirst().orElse(null)
                : door.accounts().contains(wanted) ? wanted : null;
    }

    /** Empty while it is to be tried again. */
    private Optional<Ending> ending(Command command, Tried tried) {
        return tried.fold(new Tried.Cases<>() {
            @Override
            public Optional<Ending> done(ObjectNode result) {
                return Optional.of(Ending.succeeded(result));
            }

            @Override
            public Optional<Ending> failed(Tried.Failed failure) {
                return Optional.of(Ending.failed(failure.code(), failure.message(), failure.result()));
            }

            @Override
            public Optional<Ending> again(Tried.Again again) {
                return patience(command, again);
            }
        });
    }

    private Optional<Ending> patience(Command command, Tried.Again again) {
        Obstacle obstacle = again.obstacle();
        Duration pause = Obstacle.pause(command.attempts());
        Duration least = again.atLeast();
        Duration wait = least != null && least.compareTo(pause) > 0 ? least : pause;
        boolean isTooLate = !clock.instant().plus(wait).isBefore(command.expiresAt());
        if (!isTooLate && !obstacle.staysAfter(command.attempts())) {
            LOG.infof("%s is tried again in %d s: %s", command, wait.toSeconds(), again.what());
            claims.release(command, wait, obstacle.code(), again.what());
            return Optional.empty();
        }
        String tries = command.attempts() == 1 ? "It was tried once" : "It was tried " + command.attempts() + " times";
        String why = isTooLate ? ", and it expires at " + command.expiresAt() : "";
        return Optional.of(
                Ending.failed(obstacle.code(), again.what() + ". " + tries + why + ". " + obstacle.advice(), null));
    }

    /** Before Camel and the database go. What does not end in time goes on elsewhere when its claim has lapsed. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        open = false;
        threads.shutdown();
        if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warnf("%d commands did not end in time; they go on elsewhere", inHand.size());
        }
    }
}
