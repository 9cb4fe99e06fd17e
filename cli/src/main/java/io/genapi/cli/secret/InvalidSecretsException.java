package io.genapi.cli.secret;

import java.io.Serial;

/** What was to be encrypted is not understood; the message names the line, and shows nothing of it. */
public final class InvalidSecretsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidSecretsException(int line, String mistake) {
        super("line %d %s".formatted(line, mistake));
    }
}
