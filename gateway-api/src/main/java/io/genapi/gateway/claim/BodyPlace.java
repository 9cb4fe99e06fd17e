package io.genapi.gateway.claim;

import io.genapi.schemas.job.ClaimCheck;
import java.io.IOException;

/** Where bodies are put away. Thread-safe. */
@FunctionalInterface
public interface BodyPlace {

    /**
     * Returns when the body is durable.
     *
     * @throws IOException if it is not
     */
    ClaimCheck put(byte[] body) throws IOException;
}
