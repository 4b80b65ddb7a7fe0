package dev.purser.cocalc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads one expected form of answer; empty where the JSON has another form. Never throws: the JSON is foreign. */
@FunctionalInterface
interface Shape<T> {
    Optional<T> of(JsonNode json);
}
