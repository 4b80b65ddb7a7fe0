package dev.purser.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass between two calls, and ends early when Purser stops. */
@ApplicationScoped
class Pacing {

    private final CountDownLatch stopping = new CountDownLatch(1);

    /** @return false when Purser is stopping: begin nothing new */
    boolean pass(Duration time) {
        try {
            return !stopping.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    void stop() {
        stopping.countDown();
    }
}
