package dev.purser.provisioning;

import java.time.Duration;

/**
 * What an installation chooses.
 *
 * @param instance the middle of the order token
 * @param batch orders in one checkout
 * @param quiet how long a request whose answer was lost may still be carried out: our time-out plus CoCalc's longest request
 * @param lease how long an instance owns a purchasing account without a sign of life
 */
record Settings(String instance, int batch, Duration quiet, Duration lease, Throttle throttle, boolean handover) {

    /** Between the commit that writes a payment down and the call that pays; later it is not sent. */
    static final Duration PAY_WITHIN = Duration.ofSeconds(2);

    /** Between the observation before a batch of add intents is written down and its last call. */
    static final Duration ADD_WITHIN = Duration.ofSeconds(15);

    /** A batch closes when nothing new came for so long. */
    static final Duration BATCH_CLOSES = Duration.ofMillis(500);
}
