package io.genapi.gateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a job's stream from Kafka: first, where that is not known, which run counts; then its pieces; and then what comes,
 * until this gateway receives that anyway or the job has ended. Not thread-safe.
 */
final class Replay implements AutoCloseable {

    private enum Phase {
        /** Looks which run counts. */
        SURVEYING,
        /** Tells what lies there. */
        READING,
        /** Tells what lies there until the live stream's first piece. */
        JOINING,
        /** Tells what lies there of a job that has ended. */
        DRAINING,
        /** Has told everything. */
        DONE
    }

    private final StreamLog.Cursor cursor;
    private final LiveStream live;
    private final LiveStreams liveStreams;
    private final Optional<RunSurvey> survey;
    private final boolean ended;
    private Phase phase;
    private long lastOffset = -1;

    /**
     * @param cursor the replay's own from here on
     * @param survey where the cursor begins at the job's beginning
     * @param ended whether the follower knows already that the job has
     */
    Replay(
            StreamLog.Cursor cursor,
            LiveStream live,
            LiveStreams liveStreams,
            Optional<RunSurvey> survey,
            boolean ended) {
        this.cursor = cursor;
        this.live = live;
        this.liveStreams = liveStreams;
        this.survey = survey;
        this.ended = ended;
        this.phase = survey.isPresent() ? Phase.SURVEYING : begin(ended);
        cursor.mark();
    }

    private static Phase begin(boolean ended) {
        return ended ? Phase.DRAINING : Phase.READING;
    }

    /** Whether all pieces of the job lie before it. */
    boolean isFromTheBeginning() {
        return survey.isPresent();
    }

    /** Where the last piece lies that was read, if any was. */
    Optional<Long> lastOffset() {
        return lastOffset < 0 ? Optional.empty() : Optional.of(lastOffset);
    }

    /** Whether what follows is told by the live stream. */
    boolean hasJoined() {
        return phase == Phase.JOINING && cursor.isAtMark();
    }

    void lookForTheEnd(Instant since) {
        cursor.seekEnd(since);
    }

    List<FeedNews> next(Duration patience) {
        List<StreamLog.Entry> entries = cursor.read(patience);
        List<FeedNews> news = new ArrayList<>(entries.size() + 1);
        if (phase == Phase.SURVEYING) {
            survey(survey.orElseThrow(), entries, news);
        } else {
            entries.forEach(entry -> tell(entry, news));
            goOn(news);
        }
        return news;
    }

    private void survey(RunSurvey runs, List<StreamLog.Entry> entries, List<FeedNews> news) {
        for (StreamLog.Entry entry : entries) {
            switch (entry) {
                case StreamLog.Entry.Piece(var delta, long offset) -> runs.piece(delta, offset);
                case StreamLog.Entry.Ended(var reply) -> runs.ended(reply);
            }
        }
        if (!cursor.isAtMark()) {
            return;
        }
        news.add(new FeedNews.Over(runs.over()));
        runs.end().ifPresent(end -> news.add(new FeedNews.Ended(end)));
        runs.start().ifPresent(cursor::seekPiece);
        phase = begin(ended || runs.end().isPresent());
        cursor.mark();
    }

    private void tell(StreamLog.Entry entry, List<FeedNews> news) {
        switch (entry) {
            case StreamLog.Entry.Piece(var delta, long offset) -> {
                lastOffset = offset;
                news.add(new FeedNews.Piece(delta));
            }
            case StreamLog.Entry.Ended(var reply) -> {
                news.add(new FeedNews.Ended(reply));
                phase = Phase.DRAINING;
                // All its pieces were there before it was.
                cursor.mark();
            }
        }
    }

    private void goOn(List<FeedNews> news) {
        if (!cursor.isAtMark()) {
            return;
        }
        switch (phase) {
            case DRAINING -> {
                phase = Phase.DONE;
                news.add(new FeedNews.Exhausted());
            }
            case READING -> {
                if (liveStreams.isOwned(live.id())) {
                    live.rejoin();
                    cursor.mark();
                    phase = Phase.JOINING;
                }
            }
            case SURVEYING, JOINING, DONE -> {}
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
