package io.genapi.gateway.stream;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All news of one job, wherever it comes from: what this gateway receives, as long as it is complete, and Kafka itself,
 * where it is not. Not thread-safe, but for the live stream.
 */
final class JobFeed implements AutoCloseable {

    /** One reading of Kafka's log takes no longer, so that a stop is seen. */
    private static final Duration SLICE = Duration.ofMillis(500);

    private final LiveStream live;
    private final LiveStreams liveStreams;
    private final StreamLog log;
    private final JobStore store;
    private final FeedPatience patience;
    private final InstantSource clock;
    private @Nullable Replay replay;
    private Optional<Long> lastOffset = Optional.empty();
    private boolean ended;
    private Instant lastNews;

    JobFeed(
            LiveStream live,
            LiveStreams liveStreams,
            StreamLog log,
            JobStore store,
            FeedPatience patience,
            InstantSource clock) {
        this.live = live;
        this.liveStreams = liveStreams;
        this.log = log;
        this.store = store;
        this.patience = patience;
        this.clock = clock;
        this.lastNews = clock.instant();
    }

    /**
     * Begins with what Kafka has of the job.
     *
     * @param after the last piece that the follower has
     * @param endedAt when the job ended, where it has
     * @return false where as many streams are read as may be
     */
    boolean rewind(Optional<StreamPosition> after, Optional<Instant> endedAt, Duration readerPatience)
            throws InterruptedException {
        return read(Optional.of(new RunSurvey(after)), Optional.empty(), endedAt, readerPatience);
    }

    /**
     * The follower lacks a piece that should have come before.
     *
     * @return false where it is not to be found
     */
    boolean findWhatLacks(Optional<StreamPosition> after) throws InterruptedException {
        return (replay == null || !replay.isFromTheBeginning()) && rewind(after, Optional.empty(), patience.reader());
    }

    /** What is new; waits for it at most that long. */
    List<FeedNews> next(Duration wait) throws InterruptedException {
        List<FeedNews> news = replay == null ? received(wait) : read(replay, shorter(wait, SLICE));
        Instant now = clock.instant();
        if (!news.isEmpty()) {
            lastNews = now;
            ended |= news.stream().anyMatch(FeedNews.Ended.class::isInstance);
        } else if (now.isAfter(lastNews.plus(ended ? patience.pieces() : patience.end()))) {
            lastNews = now;
            return suspect();
        }
        return news;
    }

    private List<FeedNews> received(Duration wait) throws InterruptedException {
        List<FeedNews> news = new ArrayList<>();
        boolean torn = false;
        for (LiveStream.Signal signal : live.next(shorter(wait, ended ? patience.pieces() : patience.end()))) {
            switch (signal) {
                case LiveStream.Signal.Piece(var delta, long offset) -> {
                    lastOffset = Optional.of(offset);
                    news.add(new FeedNews.Piece(delta));
                }
                case LiveStream.Signal.Ended(var reply) -> {
                    ended = true;
                    news.add(new FeedNews.Ended(reply));
                }
                case LiveStream.Signal.Torn() -> torn = true;
                case LiveStream.Signal.Stopping() -> news.add(new FeedNews.Stopping());
            }
        }
        if (torn && !readOn(Optional.empty())) {
            news.add(new FeedNews.NoReader());
        }
        return news;
    }

    private List<FeedNews> read(Replay reading, Duration wait) {
        List<FeedNews> news = reading.next(wait);
        lastOffset = reading.lastOffset().or(() -> lastOffset);
        if (reading.hasJoined()) {
            reading.close();
            replay = null;
        }
        if (live.isStopping()) {
            news.add(new FeedNews.Stopping());
        }
        return news;
    }

    /** It has been quiet for too long: either nothing happens, or it happens where this does not look. */
    private List<FeedNews> suspect() throws InterruptedException {
        if (ended) {
            return replay != null || readOn(Optional.empty()) ? List.of() : List.of(new FeedNews.NoReader());
        }
        return switch (store.find(live.id(), Duration.ZERO)) {
            case StoreAnswer.Found(byte[] document) -> {
                Optional<Instant> endedAt = JobDocument.read(document)
                        .filter(job -> job.status().isTerminal())
                        .map(job -> job.completedAt().orElse(live.id().createdAt()));
                if (endedAt.isPresent() && replay != null) {
                    replay.lookForTheEnd(endedAt.get());
                } else if (endedAt.isPresent() && !readOn(endedAt)) {
                    yield List.of(new FeedNews.NoReader());
                }
                yield List.of();
            }
            case StoreAnswer.Gone _ -> List.of(new FeedNews.Forgotten());
            // Kafka has the job, so a store that does not is behind.
            case StoreAnswer.NotFound _, StoreAnswer.Unknown _ -> List.of();
        };
    }

    /** Goes on in Kafka behind the last piece; from the job's beginning where there was none. */
    private boolean readOn(Optional<Instant> endedAt) throws InterruptedException {
        return lastOffset.isPresent()
                ? read(Optional.empty(), lastOffset, endedAt, patience.reader())
                : rewind(Optional.empty(), endedAt, patience.reader());
    }

    private boolean read(
            Optional<RunSurvey> survey, Optional<Long> offset, Optional<Instant> endedAt, Duration readerPatience)
            throws InterruptedException {
        close();
        Instant now = clock.instant();
        Instant created = live.id().createdAt();
        Instant endSince = endedAt.orElse(ended ? created : now);
        StreamLog.Extent extent =
                new StreamLog.Extent(offset, endSince.isBefore(created) ? created : endSince, endedAt.isPresent());
        Optional<StreamLog.Cursor> cursor = log.open(live.id(), extent, readerPatience);
        cursor.ifPresent(opened -> replay = new Replay(opened, live, liveStreams, survey, ended));
        return cursor.isPresent();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        Replay reading = replay;
        replay = null;
        if (reading != null) {
            reading.close();
        }
    }
}
