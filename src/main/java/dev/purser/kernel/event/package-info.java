/** The contract with other programs: CloudEvents, the JSON Schemas of their data, and the AsyncAPI document that refers to them. */
@NullMarked
package dev.purser.kernel.event;

import org.jspecify.annotations.NullMarked;
