package io.genapi.runtime.blob;

import java.io.IOException;
import java.io.Serial;

/** The place of blobs does not do what it is asked. */
public class BlobStoreException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public BlobStoreException(String message) {
        super(message);
    }

    public BlobStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
