package io.genapi.cli.tenant;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A catalog's file stays as it is, because it cannot be edited. */
public final class UneditableCatalogException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UneditableCatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
