package dev.purser.kernel;

import java.util.UUID;

/**
 * A CoCalc account that Purser buys with.
 *
 * @param id its CoCalc {@code account_id}: lease, throttle and budget belong to it
 * @param name the alias in the configuration, lower case
 */
public record PurchasingAccount(UUID id, String name) {}
