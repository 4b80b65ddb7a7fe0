/**
 * A PostgreSQL and a Kafka broker for a machine with nothing installed: real ones, from Maven artifacts, for the demo and
 * the tests. Their jars are optional and lacking in the production package, so nobody but the entry point names this package.
 */
@NullMarked
package dev.purser.embedded;

import org.jspecify.annotations.NullMarked;
