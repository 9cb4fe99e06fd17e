package io.genapi.cli.deadletter;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.DeadLetterReading;
import io.genapi.schemas.kafka.RequestRecords;
import java.time.Instant;
import java.util.Optional;

/**
 * A record of the dead-letter topic that is no note.
 *
 * @param number its offset
 * @param at when it was written
 * @param bytes of its key, value and headers
 */
public record StoredLetter(long number, Instant at, long bytes, DeadLetterReading reading) {

    /** Topic, partition and offset that it came from; empty where it is no letter. */
    public Optional<String> from() {
        return letter().map(DeadLetter::original)
                .map(original -> original.topic() + "/" + original.partition() + "/" + original.offset());
    }

    /** The job that ended because of it, or that it was meant to be; empty where it is no letter. */
    public Optional<JobId> job() {
        return letter().map(letter -> letter.endedJob().orElseGet(() -> RequestRecords.idOf(letter.original())));
    }

    /** Why it was put away, or why it is no letter. */
    public String reason() {
        return switch (reading) {
            case DeadLetterReading.Letter(var letter) -> letter.reason();
            case DeadLetterReading.Foreign(var reason) -> reason;
            case DeadLetterReading.Redriven _ -> "it is a note";
        };
    }

    /** The letter, if it is one. */
    public Optional<DeadLetter> letter() {
        return reading instanceof DeadLetterReading.Letter(var letter) ? Optional.of(letter) : Optional.empty();
    }
}
