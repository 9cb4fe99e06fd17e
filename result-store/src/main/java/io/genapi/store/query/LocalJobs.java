package io.genapi.store.query;

import io.genapi.schemas.job.JobId;
import io.genapi.store.job.JobState;
import java.util.Optional;

/** The part of the table that is in this process. Thread-safe. */
public interface LocalJobs {
    int partitionOf(JobId id);

    LocalReading read(JobId id);

    /** The job as a copy in this process last saw it, which may be a while ago. */
    Optional<JobState> readCopy(JobId id);

    /** Empty while a partition that belongs here is not ready. */
    Optional<LocalPage> newest(PageRequest request);
}
