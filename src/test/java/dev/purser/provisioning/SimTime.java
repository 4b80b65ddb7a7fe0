package dev.purser.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Virtual time. The engine's real, blocking code runs on threads of which only one moves at a time: whoever sleeps passes
 * the turn to whatever is next in time. So a run is the same each time, and an hour takes a moment.
 */
final class SimTime {

    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(body -> {
        Thread thread = new Thread(body, "simulated");
        thread.setDaemon(true);
        return thread;
    });

    /** Far more than any run needs that comes to rest. */
    private static final int MOST_TURNS = 200_000;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<Worker> workers = new ArrayList<>();
    private final Semaphore over = new Semaphore(0);
    private long nanos;
    private long order;
    private long limit;
    private int turns;
    private Worker current;
    private Throwable failure;

    private record Event(long at, long order, Worker worker, Runnable what) {}

    /** Thrown where a killed process stands: nothing of it runs any more. */
    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    /** One thread of one process. */
    final class Worker {
        private final Semaphore turn = new Semaphore(0);
        private boolean killed;
        private boolean ended;
        private long stoppedUntil;

        /** As {@code kill -9}: it does not come back from where it sleeps. */
        void kill() {
            killed = true;
        }

        /** As SIGSTOP, and SIGCONT later. */
        void stopFor(Duration time) {
            stoppedUntil = nanos + time.toNanos();
        }
    }

    long nanos() {
        return nanos;
    }

    Instant now() {
        return START.plusNanos(nanos);
    }

    void in(Duration time, Runnable what) {
        events.add(new Event(nanos + time.toNanos(), order++, null, what));
    }

    Worker start(Runnable body) {
        Worker worker = new Worker();
        workers.add(worker);
        THREADS.execute(() -> {
            worker.turn.acquireUninterruptibly();
            try {
                if (!worker.killed) {
                    body.run();
                }
            } catch (Killed e) {
                // as meant
            } catch (Throwable e) {
                failure = failure == null ? e : failure;
            }
            worker.ended = true;
            passOn(next());
        });
        events.add(new Event(nanos, order++, worker, null));
        return worker;
    }

    /** By the worker whose turn it is. */
    void sleep(Duration time) {
        Worker me = current;
        events.add(new Event(nanos + time.toNanos(), order++, me, null));
        Worker next = next();
        if (next != me) {
            passOn(next);
            me.turn.acquireUninterruptibly();
        }
        if (me.killed) {
            throw new Killed();
        }
    }

    /** By the test's thread: until nothing happens any more or the time is over; then every process is killed. */
    void runFor(Duration time) {
        limit = time.toNanos();
        passOn(next());
        over.acquireUninterruptibly();
        limit = -1;
        for (Worker worker : workers) {
            worker.killed = true;
            if (!worker.ended) {
                current = worker;
                worker.turn.release();
                over.acquireUninterruptibly();
            }
        }
        if (failure != null) {
            throw new IllegalStateException("the simulation broke", failure);
        }
    }

    /** Ends the run here and now. */
    void end() {
        limit = -1;
    }

    private void passOn(Worker next) {
        if (next == null) {
            over.release();
        } else {
            next.turn.release();
        }
    }

    /** Runs what needs no thread until a worker's turn comes; null when the run is over. */
    private Worker next() {
        while (true) {
            Event event = events.peek();
            if (++turns > MOST_TURNS && failure == null) {
                failure = new IllegalStateException("busy: " + MOST_TURNS + " turns are not enough");
            }
            if (event == null || event.at > limit || failure != null) {
                return null;
            }
            events.remove();
            nanos = Math.max(nanos, event.at);
            if (event.worker == null) {
                event.what.run();
            } else if (event.worker.stoppedUntil > nanos && !event.worker.killed) {
                events.add(new Event(event.worker.stoppedUntil, order++, event.worker, null));
            } else if (!event.worker.ended) {
                current = event.worker;
                return event.worker;
            }
        }
    }
}
