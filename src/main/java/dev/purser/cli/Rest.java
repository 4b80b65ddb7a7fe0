package dev.purser.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time between two questions. */
record Rest(Duration pace) {

    static final Rest BETWEEN_QUESTIONS = new Rest(Duration.ofSeconds(1));

    void take() {
        try {
            new CountDownLatch(1).await(pace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.FAILED, "Interrupted.");
        }
    }
}
