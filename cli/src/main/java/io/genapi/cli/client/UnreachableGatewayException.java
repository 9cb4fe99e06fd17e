package io.genapi.cli.client;

import java.io.IOException;
import java.io.Serial;
import java.net.URI;

/** No gateway answers at the address; the message says what to do. */
public final class UnreachableGatewayException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnreachableGatewayException(URI base, IOException cause) {
        super(
                "No gateway answers at %s (%s). Start one with ./genapi up, or name another one with --url URL."
                        .formatted(base, cause.getClass().getSimpleName()),
                cause);
    }
}
