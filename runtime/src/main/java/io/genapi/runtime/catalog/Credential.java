package io.genapi.runtime.catalog;

/** A vendor's secret. It shows itself only to who asks for it by name; everywhere else it is masked. */
public final class Credential {

    private final String name;
    private final String secret;

    /** @param name tells it from the vendor's others, in metrics and logs */
    Credential(String name, String secret) {
        this.name = name;
        this.secret = secret;
    }

    public String name() {
        return name;
    }

    /** The secret itself, for the one place that puts it on the wire. */
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return name + "=****";
    }
}
