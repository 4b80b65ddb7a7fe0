package dev.purser.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** One request as an endpoint sees it: who calls (null: anonymous), with which parameters, under which faults. */
record Call(String endpoint, @Nullable String caller, ObjectNode params, Bent bent) {

    String signedIn(String refusal) {
        if (caller == null) {
            throw new Thrown(refusal);
        }
        return caller;
    }

    JsonNode param(String name) {
        return params.path(name);
    }

    boolean has(String name) {
        return !Json.absent(param(name));
    }

    boolean truthy(String name) {
        return Json.truthy(param(name));
    }

    @Nullable
    String text(String name) {
        return Pg.text(param(name));
    }
}
