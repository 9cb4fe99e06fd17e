package io.genapi.worker.stream;

import io.genapi.schemas.job.JobDelta;
import java.util.concurrent.CompletableFuture;

/** Sends pieces of answers on their way. Thread-safe; those of one job arrive in the order in which they are sent. */
@FunctionalInterface
public interface DeltaSender {

    /** @return done when the piece is durable; failed, also at once, if it never will be */
    CompletableFuture<?> send(JobDelta delta) throws InterruptedException;
}
