package io.genapi.cli.deadletter;

import java.io.Serial;

/** No Kafka answers at the address; the message says what to do. */
public final class UnreachableKafkaException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnreachableKafkaException(String bootstrap, Throwable cause) {
        super(
                "No Kafka answers at %s (%s). Start one with ./genapi up, or name another one with --bootstrap HOST:PORT."
                        .formatted(bootstrap, cause.getClass().getSimpleName()),
                cause);
    }
}
