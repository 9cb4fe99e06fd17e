package io.genapi.runtime.catalog;

/** A vendor's secret. It shows itself only to who asks for it by name; everywhere else it is masked. */
public final class Credential {

    private final String secret;

    Credential(String secret) {
        this.secret = secret;
    }

    /** The secret itself, for the one place that puts it on the wire. */
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return "****";
    }
}
