package io.genapi.worker.stream;

import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.RunId;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Begins runs of jobs' streams. Thread-safe if its dice are. */
public final class JobStreams {

    private final DeltaSender sender;
    private final InstantSource clock;
    private final RandomGenerator random;

    public JobStreams(DeltaSender sender, InstantSource clock, RandomGenerator random) {
        this.sender = sender;
        this.clock = clock;
        this.random = random;
    }

    public JobStream begin(JobRequest job, ChatRequestBody body) {
        return new JobStream(job, body, RunId.random(random), sender, clock);
    }
}
