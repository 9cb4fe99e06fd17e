package io.genapi.gateway.stream;

import io.genapi.gateway.stream.StreamSink.SlowFollowerException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Serves one follower: from the feed of its job to its connection, with a sign of life where nothing comes. */
final class StreamFollower {

    private final JobFeed feed;
    private final StreamOrder order;
    private final StreamSink sink;
    private final StreamPace pace;
    private final StreamWatch watch;
    private final InstantSource clock;
    private final Instant began;
    private Instant nextSign;
    private boolean hasPiece;

    StreamFollower(
            JobFeed feed, StreamOrder order, StreamSink sink, StreamPace pace, StreamWatch watch, InstantSource clock) {
        this.feed = feed;
        this.order = order;
        this.sink = sink;
        this.pace = pace;
        this.watch = watch;
        this.clock = clock;
        this.began = clock.instant();
        this.nextSign = began.plus(pace.firstSign());
    }

    /** @param until when the follower's time is over */
    FollowOutcome follow(Instant until) throws InterruptedException {
        try {
            while (true) {
                Optional<FollowOutcome> end = step(until);
                if (end.isPresent()) {
                    sink.flush();
                    return order.isWhole() && isNoNews(end.get()) ? new FollowOutcome.Finished() : end.get();
                }
            }
        } catch (SlowFollowerException slow) {
            return new FollowOutcome.TooSlow();
        } catch (IOException gone) {
            return new FollowOutcome.Left();
        }
    }

    private Optional<FollowOutcome> step(Instant until) throws InterruptedException, IOException {
        Instant now = clock.instant();
        if (!now.isBefore(until)) {
            return Optional.of(new FollowOutcome.TimePassed());
        }
        Instant due = nextSign.isBefore(until) ? nextSign : until;
        Duration wait = Duration.between(now, due);
        List<FeedNews> allNews = feed.next(shorter(wait.isNegative() ? Duration.ZERO : wait, pace.look()));
        for (FeedNews news : allNews) {
            Optional<FollowOutcome> end = take(news);
            if (end.isPresent()) {
                return end;
            }
        }
        return allNews.isEmpty() ? quiet() : flushed();
    }

    private Optional<FollowOutcome> take(FeedNews news) throws InterruptedException, IOException {
        return switch (news) {
            case FeedNews.Piece(var delta) -> act(order.piece(delta));
            case FeedNews.Ended(var reply) -> act(order.ended(reply));
            case FeedNews.Over(var runs) -> act(order.giveUp(runs));
            case FeedNews.Exhausted _, FeedNews.Forgotten _ -> Optional.of(new FollowOutcome.Gone());
            case FeedNews.Stopping _ -> Optional.of(new FollowOutcome.Stopping());
            case FeedNews.NoReader _ -> Optional.of(new FollowOutcome.NoReader());
        };
    }

    private Optional<FollowOutcome> act(List<StreamStep> steps) throws InterruptedException, IOException {
        for (StreamStep step : steps) {
            switch (step) {
                case StreamStep.Send(StreamPosition position, byte[] chunk) -> send(position, chunk);
                case StreamStep.Restart(var run) -> sink.restart(run);
                case StreamStep.Lacking() -> {
                    if (!feed.findWhatLacks(order.position())) {
                        return Optional.of(new FollowOutcome.Gone());
                    }
                }
                case StreamStep.End(FollowOutcome outcome) -> {
                    return Optional.of(outcome);
                }
            }
        }
        return Optional.empty();
    }

    private void send(StreamPosition position, byte[] chunk) throws IOException {
        if (!hasPiece) {
            hasPiece = true;
            watch.firstPiece(Duration.between(began, clock.instant()));
        }
        sink.send(position, chunk);
    }

    private Optional<FollowOutcome> flushed() throws IOException {
        sink.flush();
        if (hasPiece) {
            nextSign = clock.instant().plus(pace.keepAlive());
        }
        return Optional.empty();
    }

    private Optional<FollowOutcome> quiet() throws IOException {
        if (!sink.isThere()) {
            return Optional.of(new FollowOutcome.Left());
        }
        Instant now = clock.instant();
        if (!now.isBefore(nextSign)) {
            sink.keepAlive();
            nextSign = now.plus(pace.keepAlive());
        }
        return Optional.empty();
    }

    /** What a follower that has the whole answer need not know. */
    private static boolean isNoNews(FollowOutcome outcome) {
        return switch (outcome) {
            case FollowOutcome.Gone _,
                    FollowOutcome.TimePassed _,
                    FollowOutcome.Stopping _,
                    FollowOutcome.NoReader _,
                    FollowOutcome.Interrupted _ -> true;
            case FollowOutcome.Finished _,
                    FollowOutcome.JobFailed _,
                    FollowOutcome.NotStreamed _,
                    FollowOutcome.ResultExpired _,
                    FollowOutcome.Left _,
                    FollowOutcome.TooSlow _ -> false;
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
