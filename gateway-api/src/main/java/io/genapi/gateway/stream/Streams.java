package io.genapi.gateway.stream;

import io.genapi.gateway.job.JobStore;
import io.genapi.schemas.job.JobId;
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
            return serve(feed, Optional.empty(), sink, resets, patience.pace().within(silence), until);
        }
    }

    /**
     * Serves one that comes with a job's id, from the job's beginning or from behind what it has.
     *
     * @param endedAt when the job ended, where it has
     */
    public FollowOutcome follow(
            JobId id, Optional<StreamPosition> after, Optional<Instant> endedAt, StreamSink sink, boolean resets)
            throws InterruptedException {
        if (!followers.tryAcquire()) {
            return new FollowOutcome.NoReader();
        }
        try (LiveStream live = liveStreams.follow(id);
                JobFeed feed = feed(live)) {
            return feed.rewind(after, endedAt, Duration.ZERO)
                    ? serve(feed, after, sink, resets, patience.pace(), Instant.MAX)
                    : new FollowOutcome.NoReader();
        } finally {
            followers.release();
        }
    }

    private FollowOutcome serve(
            JobFeed feed,
            Optional<StreamPosition> after,
            StreamSink sink,
            boolean resets,
            StreamPace pace,
            Instant until)
            throws InterruptedException {
        watch.began(after.isPresent());
        FollowOutcome outcome = new FollowOutcome.Left();
        try {
            outcome = new StreamFollower(feed, new StreamOrder(after, resets), sink, pace, watch, clock).follow(until);
            return outcome;
        } finally {
            watch.ended(outcome);
        }
    }

    private JobFeed feed(LiveStream live) {
        return new JobFeed(live, liveStreams, log, store, patience.feed(), clock);
    }
}
