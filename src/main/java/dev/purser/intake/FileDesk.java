package dev.purser.intake;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where dropped files are worked on. A new file and one that a crash left behind are taken on the same way: it lies among the
 * claimed ones, and nobody holds its lease.
 */
@ApplicationScoped
class FileDesk {

    private static final Logger LOG = Logger.getLogger(FileDesk.class);
    /** Two of a kind, so that a small file need not wait for a big one. */
    private static final int READERS = 2;

    private final Inbox inbox;
    private final StableFiles stable;
    private final ImportLeases leases;
    private final Imports imports;
    private final Reading reading;
    private final Results results;
    private final Clock clock;
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers =
            Executors.newFixedThreadPool(READERS, task -> new Thread(task, "purser-csv"));
    private final Semaphore writing = new Semaphore(READERS);
    private final ExecutorService writers =
            Executors.newFixedThreadPool(READERS, task -> new Thread(task, "purser-results"));
    private volatile boolean open = true;
    private long looked;

    FileDesk(
            Inbox inbox,
            StableFiles stable,
            ImportLeases leases,
            Imports imports,
            Reading reading,
            Results results,
            Clock clock) {
        this.inbox = inbox;
        this.stable = stable;
        this.leases = leases;
        this.imports = imports;
        this.reading = reading;
        this.results = results;
        this.clock = clock;
    }

    /** A file in the inbox is whole. */
    void take(String file) {
        stable.forget(file);
        inbox.claim(file).ifPresent(this::start);
    }

    /** A file that comes by itself is kept whole and known as an import before anybody reads it. */
    ImportView receive(String name, InputStream content) throws IOException {
        String claim = inbox.receive(name, content);
        // Another instance that looks around may have been faster to take it on.
        leases.take(claim, Inbox.droppedName(claim), base -> inbox.isFree(base, today()));
        start(claim);
        return leases.idOf(claim).flatMap(imports::find).orElseThrow();
    }

    /** Looks for claimed files that nobody reads, and for results that are due. */
    void lookAround() {
        try {
            if (isTimeToLook()) {
                inbox.claimed().forEach(this::start);
            }
            writeResults();
        } catch (RejectedExecutionException closing) {
            LOG.debug("results that are due are left to whoever comes next");
        } catch (RuntimeException e) {
            LOG.warnf("results could not be written and will be tried again: %s", Why.of(e));
        }
    }

    /** Until nothing is due, or all writers are at work. */
    private void writeResults() {
        while (open && writing.tryAcquire()) {
            ImportView due = nextDue();
            if (due == null) {
                return;
            }
            writers.execute(() -> write(due));
        }
    }

    private @Nullable ImportView nextDue() {
        ImportView due = null;
        try {
            due = results.due().orElse(null);
            return due;
        } finally {
            if (due == null) {
                writing.release();
            }
        }
    }

    private void write(ImportView due) {
        try {
            results.writeIfNew(due);
        } catch (RuntimeException e) {
            LOG.warnf("the results of %s will be tried again: %s", due.fileName(), Why.of(e));
        } finally {
            writing.release();
        }
    }

    private synchronized boolean isTimeToLook() {
        long now = System.nanoTime();
        boolean isTime = looked == 0 || now - looked >= inbox.lookEvery().toNanos();
        looked = isTime ? now : looked;
        return isTime;
    }

    private void start(String claimed) {
        if (open && atWork.add(claimed)) {
            try {
                readers.execute(() -> work(claimed));
            } catch (RejectedExecutionException closing) {
                atWork.remove(claimed);
            }
        }
    }

    private void work(String claim) {
        try {
            // A server that renames in two steps may give one file to two, and take it from one of them again.
            if (inbox.size(claim).isEmpty()) {
                return;
            }
            leases.take(claim, Inbox.droppedName(claim), base -> inbox.isFree(base, today()))
                    .flatMap(imports::find)
                    .ifPresent(file -> work(file, claim));
        } catch (RuntimeException e) {
            // The file stays among the claimed ones and is taken on again.
            LOG.warnf("%s was not read to its end and will be taken on again: %s", claim, Why.of(e));
        } finally {
            atWork.remove(claim);
        }
    }

    private void work(ImportView file, String claim) {
        if (file.state() == ImportView.State.READING) {
            try (LocalCopy copy = inbox.open(claim)) {
                reading.read(file, copy.path(), () -> inbox.size(claim).orElse(0L), () -> open);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        imports.find(file.id()).ifPresent(read -> settle(read, claim));
    }

    private void settle(ImportView file, String claim) {
        switch (file.state()) {
            case READING -> LOG.infof("%s is left for another reader", file.fileName());
            case QUARANTINED -> {
                inbox.quarantine(claim, file.baseName(), file.reason() == null ? "" : file.reason());
                LOG.warnf("%s was put into quarantine: %s", file.fileName(), file.reason());
            }
            case OPEN, COMPLETE -> {
                inbox.archive(claim, file.baseName(), file.day());
                LOG.infof(
                        "%s was read: %d rows, %d accepted, %d duplicate, %d rejected",
                        file.fileName(), file.rows(), file.accepted(), file.duplicate(), file.rejected());
            }
        }
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** While the database can still be reached. */
    void close(@Observes ShutdownEvent event) {
        open = false;
        readers.shutdown();
        writers.shutdown();
        try {
            if (!readers.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a file is still being read; it will be taken on again after its lease");
            }
            if (!writers.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.debug("results that are being written will be written again");
            }
            leases.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException databaseAway) {
            LOG.debug("the leases end by themselves", databaseAway);
        }
    }
}
