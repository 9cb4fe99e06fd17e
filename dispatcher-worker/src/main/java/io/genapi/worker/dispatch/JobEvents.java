package io.genapi.worker.dispatch;

import io.genapi.schemas.job.JobEvent;

/** Tells the news of jobs on their way. Thread-safe; a news that cannot be told is dropped, never waited for. */
@FunctionalInterface
public interface JobEvents {

    void tell(JobEvent event);
}
