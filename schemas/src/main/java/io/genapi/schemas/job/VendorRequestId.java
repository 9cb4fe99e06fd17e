package io.genapi.schemas.job;

import java.util.Optional;
import java.util.regex.Pattern;

/** A vendor's own name of one call, by which its support finds it. At most 256 characters of visible ASCII. */
public record VendorRequestId(String value) {

    private static final Pattern FORM = Pattern.compile("[!-~]{1,256}");

    public VendorRequestId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a VendorRequestId has 1 to 256 characters of visible ASCII");
        }
    }

    /** The name that a text is; empty where it is none, as no vendor gives it. */
    public static Optional<VendorRequestId> in(String text) {
        return Optional.of(text.strip())
                .filter(stripped -> FORM.matcher(stripped).matches())
                .map(VendorRequestId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
