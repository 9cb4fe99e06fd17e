package io.genapi.gateway.stream;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a follower gets: the pieces of one run, each once and in its place, whatever comes twice, too early or of a
 * run that is over, and an end when all pieces are there that the job's end tells of. Not thread-safe.
 */
final class StreamOrder {

    private final boolean resets;
    private final boolean onlyOneRun;
    private final Set<RunId> over = new HashSet<>();
    private @Nullable RunId run;
    private long next;
    private boolean whole;
    private @Nullable Reply end;

    /**
     * @param after the last piece that the follower has
     * @param resets whether the follower can make a fresh start with another run
     */
    StreamOrder(Optional<StreamPosition> after, boolean resets) {
        this(after, resets, false);
    }

    /** For a follower that has pieces, and cannot say of which run: where there was more than one, it gets no others. */
    static StreamOrder ofOneRun() {
        return new StreamOrder(Optional.empty(), false, true);
    }

    private StreamOrder(Optional<StreamPosition> after, boolean resets, boolean onlyOneRun) {
        this.resets = resets;
        this.onlyOneRun = onlyOneRun;
        after.ifPresent(position -> {
            run = position.run();
            next = position.seq() + 1;
        });
    }

    /** The last piece that the follower has. */
    Optional<StreamPosition> position() {
        return run == null || next == 0 ? Optional.empty() : Optional.of(new StreamPosition(run, next - 1));
    }

    /** Whether the follower has all pieces of an answer, wherever its job stands. */
    boolean isWhole() {
        return whole;
    }

    /** These runs are over: none of their pieces is wanted. */
    List<StreamStep> giveUp(Collection<RunId> runs) {
        over.addAll(runs);
        return onlyOneRun && !runs.isEmpty() ? List.of(new StreamStep.End(new FollowOutcome.Interrupted())) : List.of();
    }

    List<StreamStep> piece(JobDelta piece) {
        if (over.contains(piece.run()) || isOfNoUse(piece.run())) {
            return List.of();
        }
        List<StreamStep> steps = new ArrayList<>(2);
        if (turnTo(piece.run(), steps)) {
            place(piece, steps);
        }
        return steps;
    }

    /** Of several ends the first counts. */
    List<StreamStep> ended(Reply reply) {
        if (end != null) {
            return List.of();
        }
        end = reply;
        List<StreamStep> steps = new ArrayList<>(2);
        Optional<RunId> published = reply.published().map(PublishedRun::run);
        boolean succeeded = reply.status() == JobStatus.SUCCEEDED;
        if (published.isEmpty() || (!succeeded && isOfNoUse(published.get()))) {
            steps.add(new StreamStep.End(succeeded ? withoutPieces(reply) : new FollowOutcome.JobFailed(reply)));
        } else if (turnTo(published.get(), steps)) {
            endIfComplete(steps);
        }
        return steps;
    }

    private FollowOutcome withoutPieces(Reply reply) {
        if (whole) {
            return new FollowOutcome.Finished();
        }
        return position().isPresent() ? new FollowOutcome.Interrupted() : new FollowOutcome.NotStreamed(reply);
    }

    /** Whether the job's end tells of another run, or failed while the follower has pieces of another. */
    private boolean isOfNoUse(RunId candidate) {
        if (end == null) {
            return false;
        }
        boolean named = end.published().map(PublishedRun::run).equals(Optional.of(candidate));
        boolean failedElsewhere = end.status() != JobStatus.SUCCEEDED
                && position().filter(has -> !has.run().equals(candidate)).isPresent();
        return !named || failedElsewhere;
    }

    /** False where the stream ends instead. */
    private boolean turnTo(RunId wanted, List<StreamStep> steps) {
        if (wanted.equals(run)) {
            return true;
        }
        if (position().isPresent()) {
            if (whole || !resets) {
                steps.add(new StreamStep.End(whole ? new FollowOutcome.Finished() : new FollowOutcome.Interrupted()));
                return false;
            }
            steps.add(new StreamStep.Restart(wanted));
        }
        if (run != null) {
            over.add(run);
        }
        run = wanted;
        next = 0;
        return true;
    }

    private void place(JobDelta piece, List<StreamStep> steps) {
        if (piece.seq() > next) {
            steps.add(new StreamStep.Lacking());
        } else if (piece.seq() == next) {
            next++;
            whole = piece.last();
            steps.add(new StreamStep.Send(new StreamPosition(piece.run(), piece.seq()), piece.body()));
            endIfComplete(steps);
        }
    }

    private void endIfComplete(List<StreamStep> steps) {
        Reply ended = end;
        if (ended == null || next < ended.published().map(PublishedRun::deltas).orElse(0L)) {
            return;
        }
        steps.add(new StreamStep.End(
                ended.status() == JobStatus.SUCCEEDED
                        ? new FollowOutcome.Finished()
                        : new FollowOutcome.JobFailed(ended)));
    }
}
