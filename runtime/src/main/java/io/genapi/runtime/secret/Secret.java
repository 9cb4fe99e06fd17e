package io.genapi.runtime.secret;

import io.genapi.runtime.log.SecretMask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text that only who asks for it by name may see. From its making on, no log line of this process shows it. Immutable.
 */
public final class Secret {

    private final char[] text;

    /** @param text is copied; whoever gave it may overwrite it */
    public Secret(char[] text) {
        this.text = text.clone();
        SecretMask.learn(text);
    }

    /** The text itself, for the one place that puts it on the wire; nobody keeps it. */
    public String reveal() {
        return new String(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && Arrays.equals(text, that.text);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(text);
    }

    @Override
    public String toString() {
        return "****";
    }
}
