package io.genapi.gateway.stream;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Serves all that follow jobs' streams at this gateway. Thread-safe. */
public final class Streams {

    private final LiveStreams liveStreams;
    private final StreamLog log;
    private final JobStore store;
    private final Patience patience;
    private final StreamWatch watch;
    private final InstantSource clock;
    private final Semaphore followers;

    /**
     * Bounds of all streams.
     *
     * @param feed how long to be content with silence
     * @param maxFollowers that came with a job's id, at once
     */
    public record Patience(StreamPace pace, FeedPatience feed, int maxFollowers) {}

    public Streams(
            LiveStreams liveStreams,
            StreamLog log,
            JobStore store,
            Patience patience,
            StreamWatch watch,
            InstantSource clock) {
        this.liveStreams = liveStreams;
        this.log = log;
        this.store = store;
        this.patience = patience;
        this.watch = watch;
        this.clock = clock;
        this.followers = new Semaphore(patience.maxFollowers());
    }

    /** Begins to collect a job's pieces. To be called before the job is published. */
    public LiveStream expect(JobId id) {
        return liveStreams.follow(id);
    }

    /**
     * Serves the caller that submitted the job.
     *
     * @param resets whether the caller can make a fresh start when the job is run again
     * @param silence that the caller bears
     * @param until when the caller's time is over
     */
    public FollowOutcome serve(LiveStream expected, StreamSink sink, boolean resets, Duration silence, Instant until)
            throws InterruptedException {
        try (JobFeed feed = feed(expected)) {
            return serve(
                    feed,
                    new StreamOrder(Optional.empty(), resets),
                    false,
                    sink,
                    patience.pace().within(silence),
                    until);
        }
    }

    /**
     * Serves a caller that submitted what another one submitted before it: from the job's beginning, or, where its pieces
     * are no more, with its answer as a whole.
     *
     * @param resets whether the caller can make a fresh start when the job is run again
     * @param silence that the caller bears
     * @param until when the caller's time is over
     */
    public FollowOutcome catchUp(LiveStream expected, StreamSink sink, boolean resets, Duration silence, Instant until)
            throws InterruptedException {
        StoreAnswer known = store.find(expected.id(), Duration.ZERO);
        if (known instanceof StoreAnswer.Gone) {
            return new FollowOutcome.ResultExpired();
        }
        Optional<JobDocument> job = known instanceof StoreAnswer.Found(byte[] document)
                ? JobDocument.read(document).filter(found -> found.status().isTerminal())
                : Optional.empty();
        StreamOrder order = new StreamOrder(Optional.empty(), resets);
        FollowOutcome outcome = new FollowOutcome.NoReader();
        try (JobFeed feed = feed(expected)) {
            if (feed.rewind(
                    Optional.empty(),
                    job.flatMap(JobDocument::completedAt),
                    patience.feed().reader())) {
                outcome = serve(feed, order, false, sink, patience.pace().within(silence), until);
            }
        }
        boolean nothingCame = order.position().isEmpty()
                && (outcome instanceof FollowOutcome.Gone || outcome instanceof FollowOutcome.NoReader);
        return nothingCame ? job.flatMap(Reply::of).map(Streams::whole).orElse(outcome) : outcome;
    }

    private static FollowOutcome whole(Reply reply) {
        return reply.status() == JobStatus.SUCCEEDED
                ? new FollowOutcome.NotStreamed(reply)
                : new FollowOutcome.JobFailed(reply);
    }

    /**
     * Serves one that comes with a job's id, from the job's beginning or from behind what it has.
     *
     * @param endedAt when the job ended, where it has
     */
    public FollowOutcome follow(
            JobId id, Optional<StreamPosition> after, Optional<Instant> endedAt, StreamSink sink, boolean resets)
            throws InterruptedException {
        return follow(id, after, endedAt, sink, new StreamOrder(after, resets), Duration.ZERO);
    }

    /**
     * Serves one that comes with a response's id, from the job's beginning: its sink leaves out what it has.
     *
     * @param endedAt when the job ended, where it has
     * @param hasPieces whether it has some, of a run that is not known
     */
    public FollowOutcome followFromTheBeginning(JobId id, Optional<Instant> endedAt, boolean hasPieces, StreamSink sink)
            throws InterruptedException {
        StreamOrder order = hasPieces ? StreamOrder.ofOneRun() : new StreamOrder(Optional.empty(), false);
        return follow(
                id, Optional.empty(), endedAt, sink, order, patience.feed().reader());
    }

    private FollowOutcome follow(
            JobId id,
            Optional<StreamPosition> after,
            Optional<Instant> endedAt,
            StreamSink sink,
            StreamOrder order,
            Duration readerPatience)
            throws InterruptedException {
        if (!followers.tryAcquire()) {
            return new FollowOutcome.NoReader();
        }
        try (LiveStream live = liveStreams.follow(id);
                JobFeed feed = feed(live)) {
            return feed.rewind(after, endedAt, readerPatience)
                    ? serve(feed, order, after.isPresent(), sink, patience.pace(), Instant.MAX)
                    : new FollowOutcome.NoReader();
        } finally {
            followers.release();
        }
    }

    private FollowOutcome serve(
            JobFeed feed, StreamOrder order, boolean resumed, StreamSink sink, StreamPace pace, Instant until)
            throws InterruptedException {
        watch.began(resumed);
        FollowOutcome outcome = new FollowOutcome.Left();
        try {
            outcome = new StreamFollower(feed, order, sink, pace, watch, clock).follow(until);
            return outcome;
        } finally {
            watch.ended(outcome);
        }
    }

    private JobFeed feed(LiveStream live) {
        return new JobFeed(live, liveStreams, log, store, patience.feed(), clock);
    }
}
