/**
 * Purser: partner orders come in, each becomes exactly one CoCalc license, and every cent can be explained. The house tour:
 *
 * <ul>
 *   <li>{@code intake} what partners send becomes an order, once
 *   <li>{@code orders} the order, its life, and the audit trail
 *   <li>{@code cocalc} the one door to the CoCalc API v2
 *   <li>{@code provisioning} due orders become licenses
 *   <li>{@code budget} what may be spent, reserved and settled
 *   <li>{@code reconciliation} what we believe against what CoCalc billed
 *   <li>{@code outcomes} what we tell the world, and the outbox that makes it true
 *   <li>{@code console} what a person can see and do: pages, HTTP API
 *   <li>{@code cli} the same verbs on a command line
 *   <li>{@code sandbox} a pretend CoCalc API v2 over real HTTP, for demo and tests
 *   <li>{@code embedded} a PostgreSQL and a Kafka broker for a machine with nothing installed
 *   <li>{@code kernel} words everyone uses
 * </ul>
 *
 * <p>Here is only the door: {@link dev.purser.Main} starts what {@code cli} was told to, {@code Requirements} says what is lacking
 * before anything starts, and {@code Demo} brings the lacking parts along. Nobody else names {@code sandbox} and {@code embedded}; they
 * are reached over HTTP, Kafka, JDBC and files, so that the demo differs from production in its settings alone.
 */
@NullMarked
package dev.purser;

import org.jspecify.annotations.NullMarked;
