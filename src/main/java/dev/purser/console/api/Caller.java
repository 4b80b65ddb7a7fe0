package dev.purser.console.api;

import io.quarkus.security.identity.SecurityIdentity;

/** Who asks. */
public final class Caller {

    private Caller() {}

    /** As histories name a person; the prefix keeps a token that is called {@code engine} apart from the engine. */
    public static String actor(SecurityIdentity caller) {
        return "http:" + caller.getPrincipal().getName();
    }
}
