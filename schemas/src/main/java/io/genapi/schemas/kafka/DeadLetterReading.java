package io.genapi.schemas.kafka;

import io.genapi.schemas.job.JobId;

/** What a record of the dead-letter topic is. */
public sealed interface DeadLetterReading {

    record Letter(DeadLetter letter) implements DeadLetterReading {}

    /**
     * A note that a letter was put back.
     *
     * @param letterOffset where the letter lies in the partition of this note
     * @param job that came of it
     */
    record Redriven(long letterOffset, JobId job) implements DeadLetterReading {}

    /** Neither; somebody else wrote it. */
    record Foreign(String reason) implements DeadLetterReading {}
}
