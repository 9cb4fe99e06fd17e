package io.genapi.runtime.blob;

import java.io.Serial;

/** There is no room for a blob. Nothing of it was kept. */
public final class BlobStoreFullException extends BlobStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    BlobStoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
