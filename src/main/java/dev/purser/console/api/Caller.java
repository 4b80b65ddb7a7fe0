package dev.purser.console.api;

import io.quarkus.security.identity.SecurityIdentity;

/** Who asks. */
final class Caller {

    private Caller() {}

    /** As histories name a person; the prefix keeps a token that is called {@code engine} apart from the engine. */
    static String actor(SecurityIdentity caller) {
        return "http:" + caller.getPrincipal().getName();
    }
}
