package dev.purser.outcomes;

/** Where the world listens. The names are the contract's. */
public enum Topic {
    OUTCOMES,
    RESULTS,
    RECONCILIATION;

    public String address() {
        return "purser." + name().toLowerCase(java.util.Locale.ROOT) + ".v1";
    }
}
