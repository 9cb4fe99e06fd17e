package io.genapi.runtime.secret.vault;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is: {@code MOUNT/PATH#FIELD}.
 *
 * @param mount of the KV engine, one step of a path
 * @param path of the secret below it, one or more steps
 */
record VaultReference(String mount, String path, String field) {

    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*)#([^#\\s]+)");
    private static final Pattern RELATIVE = Pattern.compile("(^|.*/)\\.{1,2}(/.*|$)");

    static Optional<VaultReference> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        return shape.matches()
                        && !RELATIVE.matcher(shape.group(1) + "/" + shape.group(2))
                                .matches()
                ? Optional.of(new VaultReference(shape.group(1), shape.group(2), shape.group(3)))
                : Optional.empty();
    }

    /** What the API reads it at, and a policy has to allow to be read. */
    String apiPath() {
        return mount + "/data/" + path;
    }

    @Override
    public String toString() {
        return mount + "/" + path;
    }
}
