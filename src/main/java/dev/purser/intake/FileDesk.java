package dev.purser.intake;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Where dropped files are worked on. A new file and one that a crash left behind are taken on the same way: it lies among the
 * claimed ones, and nobody holds its lease.
 */
@ApplicationScoped
class FileDesk {

    private static final Logger LOG = Logger.getLogger(FileDesk.class);
    /** Two, so that a small file need not wait for a big one. */
    private static final int READERS = 2;

    private final Inbox inbox;
    private final StableFiles stable;
    private final ImportLeases leases;
    private final Imports imports;
    private final Reading reading;
    private final Results results;
    private final Clock clock;
    private final Set<Path> atWork = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers =
            Executors.newFixedThreadPool(READERS, task -> new Thread(task, "purser-csv"));
    private volatile boolean open = true;

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
    void take(File dropped) {
        Path file = dropped.toPath();
        stable.forget(file);
        inbox.claim(file).ifPresent(this::start);
    }

    /** A file that comes by itself is kept whole and known as an import before anybody reads it. */
    ImportView receive(String name, InputStream content) throws IOException {
        Path claimed = inbox.receive(name, content);
        String claim = claimed.getFileName().toString();
        // Another instance that looks around may have been faster to take it on.
        leases.take(claim, Inbox.droppedName(claimed), base -> inbox.isFree(base, today()));
        start(claimed);
        return leases.idOf(claim).flatMap(imports::find).orElseThrow();
    }

    /** Looks for claimed files that nobody reads, and for results that are due. */
    void lookAround() {
        try {
            inbox.claimed().forEach(this::start);
            while (open && results.writeNext()) {
                LOG.debug("there may be more results to write");
            }
        } catch (RuntimeException e) {
            LOG.warnf("results could not be written and will be tried again: %s", Why.of(e));
        }
    }

    private void start(Path claimed) {
        if (open && atWork.add(claimed)) {
            try {
                readers.execute(() -> work(claimed));
            } catch (RejectedExecutionException closing) {
                atWork.remove(claimed);
            }
        }
    }

    private void work(Path claimed) {
        try {
            String claim = claimed.getFileName().toString();
            leases.take(claim, Inbox.droppedName(claimed), base -> inbox.isFree(base, today()))
                    .flatMap(imports::find)
                    .ifPresent(file -> work(file, claimed));
        } catch (RuntimeException e) {
            // The file stays among the claimed ones and is taken on again.
            LOG.warnf("%s was not read to its end and will be taken on again: %s", claimed.getFileName(), Why.of(e));
        } finally {
            atWork.remove(claimed);
        }
    }

    private void work(ImportView file, Path claimed) {
        if (file.state() == ImportView.State.READING) {
            reading.read(file, claimed, () -> open);
        }
        imports.find(file.id()).ifPresent(read -> settle(read, claimed));
    }

    private void settle(ImportView file, Path claimed) {
        switch (file.state()) {
            case READING -> LOG.infof("%s is left for another reader", file.fileName());
            case QUARANTINED -> {
                inbox.quarantine(claimed, file.baseName(), file.reason() == null ? "" : file.reason());
                LOG.warnf("%s was put into quarantine: %s", file.fileName(), file.reason());
            }
            case OPEN, COMPLETE -> {
                inbox.archive(claimed, file.baseName(), file.day());
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
        try {
            if (!readers.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a file is still being read; it will be taken on again after its lease");
            }
            leases.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException databaseAway) {
            LOG.debug("the leases end by themselves", databaseAway);
        }
    }
}
