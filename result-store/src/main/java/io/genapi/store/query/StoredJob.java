package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.JobState;

/** A job in the list of the process that has its state. */
public record StoredJob(JobState state) implements JobPage.Listed {
    @Override
    public JobId id() {
        return state.id();
    }
}
