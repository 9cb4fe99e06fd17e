package io.genapi.gateway.job;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Likeness;
import java.util.List;

/** Who knows what was submitted before. Implementations are thread-safe and throw nothing for a store that is down. */
public interface Originals {

    /** What is known of the request that the job of an idempotency key was made of. */
    sealed interface Answer {

        /** The key's job is made of that body, for as long as the job is kept. */
        record Known(BodyDigest digest) implements Answer {}

        /** None was seen so far. */
        record NoneYet() implements Answer {}

        /**
         * It cannot be told now; asking again may help.
         *
         * @param reason in a sentence without a full stop
         */
        record Unknown(String reason) implements Answer {}
    }

    /** Asks once. */
    Answer find(JobId id);

    /** The jobs that were submitted in the last minutes by a like request, the latest first, as far as is known. */
    List<JobId> recent(Likeness likeness);
}
