package io.genapi.runtime.service;

import java.io.Serial;

/** A process cannot start for a reason that its user can mend; the message says what it is and how, and is all they see. */
public class StartException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }
}
