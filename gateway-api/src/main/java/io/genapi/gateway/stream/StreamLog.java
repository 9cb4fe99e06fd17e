package io.genapi.gateway.stream;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the pieces and ends of all jobs lie for a while, to be read by any gateway. Thread-safe. */
public interface StreamLog {

    /** What lies there of one job. */
    sealed interface Entry {

        /** A piece, and where in its partition it lies. */
        record Piece(JobDelta delta, long offset) implements Entry {}

        /** The job's end. */
        record Ended(Reply reply) implements Entry {}
    }

    /**
     * Which part is read.
     *
     * @param firstPiece the offset of the first piece; where it is not known, pieces are read from the job's beginning
     * @param endSince when the job ended at the earliest, give or take what clocks differ
     * @param ended whether that is when it ended: what was written later is not of this job
     */
    record Extent(Optional<Long> firstPiece, Instant endSince, boolean ended) {}

    /** Reads the pieces and the end of one job. Not thread-safe. */
    interface Cursor extends AutoCloseable {

        /** What comes next, waiting for it at most that long; pieces in their order. Empty also where Kafka does not answer. */
        List<Entry> read(Duration patience);

        /** Notes where the log ends now. */
        void mark();

        /** Whether everything was read that was there at the last mark. */
        boolean isAtMark();

        void seekPiece(long offset);

        void seekEnd(Instant since);

        @Override
        void close();
    }

    /** A cursor, not marked yet; empty where as many are open as may be, until patience is over. */
    Optional<Cursor> open(JobId id, Extent extent, Duration patience) throws InterruptedException;
}
