package io.genapi.runtime.secret.file;

import io.genapi.runtime.service.StartException;
import java.io.Serial;

/** The file of secrets, or its key, cannot be used; the message says why and what to do, and shows neither. */
public final class SecretsFileException extends StartException {

    @Serial
    private static final long serialVersionUID = 1L;

    public SecretsFileException(String message) {
        super(message);
    }
}
