package io.genapi.runtime.catalog;

import io.genapi.runtime.service.StartException;
import java.io.Serial;
import java.nio.file.Path;

/** The catalog is in order, but no vendor's key is in the environment. */
public final class NoVendorKeyException extends StartException {

    @Serial
    private static final long serialVersionUID = 1L;

    NoVendorKeyException(Path file, String keyNames) {
        super(("No vendor in %s has its key in the environment. Set one of the variables that it names (%s), or start"
                        + " with ./genapi up, which then uses the vendor simulator.")
                .formatted(file, keyNames));
    }
}
