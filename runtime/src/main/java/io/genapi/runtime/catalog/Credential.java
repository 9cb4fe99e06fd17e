package io.genapi.runtime.catalog;

import io.genapi.runtime.secret.Secret;
import org.jspecify.annotations.Nullable;

/** A vendor's secret. It shows itself only to who asks for it by name; everywhere else it is masked. */
public final class Credential {

    private final String name;
    private final Secret secret;

    /** @param name tells it from the vendor's others, in metrics and logs */
    Credential(String name, Secret secret) {
        this.name = name;
        this.secret = secret;
    }

    public String name() {
        return name;
    }

    /** The secret itself, for the one place that puts it on the wire; nobody keeps it. */
    public String reveal() {
        return secret.reveal();
    }

    /** Whether it has the same name and the same secret: a catalog that was read again is no other for that. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credential that && name.equals(that.name) && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name + "=****";
    }
}
