package io.genapi.chaos.outage;

import java.util.Locale;

/** How a vendor is away. */
public enum OutageKind {
    /** Nobody listens on its port. */
    REFUSED(""),
    ERRORS("{\"error_rate\":1,\"error_statuses\":[503]}"),
    /** It takes calls and never answers. */
    HANG("{\"held\":true}"),
    RATE_LIMITED("{\"error_rate\":1,\"error_statuses\":[429],\"retry_after\":2}");

    private final String behaviour;

    OutageKind(String behaviour) {
        this.behaviour = behaviour;
    }

    /** The name on the command line. */
    public String option() {
        return this == RATE_LIMITED ? "429" : name().toLowerCase(Locale.ROOT);
    }

    /** The simulator's, as JSON; of no meaning where nobody listens. */
    String behaviour() {
        return behaviour;
    }
}
