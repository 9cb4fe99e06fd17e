package io.genapi.runtime.blob;

import java.io.Serial;

/** The place of blobs is none that this process may use, as it is set; waiting for it mends nothing. */
class UnusablePlaceException extends BlobStoreException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnusablePlaceException(String message) {
        super(message);
    }

    UnusablePlaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
