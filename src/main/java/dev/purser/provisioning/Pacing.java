package dev.purser.provisioning;

import java.time.Duration;

/** Time as it passes on this machine, and whether it is time to stop. */
interface Pacing {

    /** Only differences mean something; never goes back. */
    long nanos();

    /** Lets time pass, less when Purser stops meanwhile. @return false when Purser is stopping: begin nothing new */
    boolean pass(Duration time);

    boolean isStopping();
}
