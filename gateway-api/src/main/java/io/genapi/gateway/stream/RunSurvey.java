package io.genapi.gateway.stream;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which of a job's runs counts, and from where on it is to be read: the one that the job's end tells of, else
 * the one that began last. Not thread-safe.
 */
final class RunSurvey {

    private final Optional<StreamPosition> after;
    private final Map<RunId, Long> starts = new LinkedHashMap<>();
    private @Nullable RunId newest;
    private @Nullable Reply end;

    /** @param after the last piece that the follower has: its run is read from there on */
    RunSurvey(Optional<StreamPosition> after) {
        this.after = after;
    }

    /** @param offset where the piece lies; larger than those of former pieces */
    void piece(JobDelta piece, long offset) {
        if (starts.putIfAbsent(piece.run(), offset) == null) {
            newest = piece.run();
        }
        boolean known = after.filter(has -> has.run().equals(piece.run()) && piece.seq() <= has.seq())
                .isPresent();
        if (known) {
            starts.put(piece.run(), offset);
        }
    }

    /** Of several ends the first counts. */
    void ended(Reply reply) {
        end = end == null ? reply : end;
    }

    Optional<Reply> end() {
        return Optional.ofNullable(end);
    }

    /** The offset of the first piece that matters; empty where none is there. */
    Optional<Long> start() {
        return counting().map(starts::get);
    }

    /** The runs of which no piece matters. */
    Set<RunId> over() {
        Set<RunId> over = new HashSet<>(starts.keySet());
        counting().ifPresent(over::remove);
        return over;
    }

    private Optional<RunId> counting() {
        return end().flatMap(Reply::published).map(PublishedRun::run).or(() -> Optional.ofNullable(newest));
    }
}
