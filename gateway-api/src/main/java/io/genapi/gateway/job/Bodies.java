package io.genapi.gateway.job;

import io.genapi.runtime.claim.BodyOpening;
import io.genapi.schemas.job.ClaimCheck;

/** Opens bodies that lie elsewhere. Thread-safe. */
@FunctionalInterface
public interface Bodies {

    /** @throws InterruptedException if the calling thread is interrupted meanwhile */
    BodyOpening open(ClaimCheck claim) throws InterruptedException;
}
