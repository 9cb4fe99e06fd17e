package io.genapi.worker.route;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.worker.admission.Destination;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How fast candidates answer: a moving average of the calls that they served. One that has served none of late is tried
 * from time to time, so that nobody stays slow by hearsay. Thread-safe.
 */
final class Speeds {

    /** The part of the latest call in the average. */
    private static final double LATEST = 0.2;

    /** What is older says nothing. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Between two jobs that try a candidate of which nothing is known. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    /** @param triedAt when a job was last sent there to find out */
    private record Speed(double nanos, Instant answeredAt, Instant triedAt) {

        private static final Speed UNKNOWN = new Speed(0, Instant.MIN, Instant.MIN);
    }

    private final InstantSource clock;
    /** A candidate that the catalog says more of than before, or less, is no slower for that. */
    private final Map<Destination, Speed> speeds = new ConcurrentHashMap<>();

    Speeds(InstantSource clock) {
        this.clock = clock;
    }

    void answered(Candidate candidate, Duration took) {
        Instant now = clock.instant();
        speeds.compute(Destination.of(candidate), (_, known) -> {
            Speed before = known == null ? Speed.UNKNOWN : known;
            double average =
                    isFresh(before, now) ? before.nanos() + LATEST * (took.toNanos() - before.nanos()) : took.toNanos();
            return new Speed(average, now, before.triedAt());
        });
    }

    /** Who is due to be tried comes first, then those who are known, then the others as they came. */
    List<Candidate> fastestFirst(List<Candidate> candidates) {
        Instant now = clock.instant();
        List<Candidate> ranked = new ArrayList<>(candidates);
        ranked.sort(Comparator.comparingDouble(each -> nanos(speeds.get(Destination.of(each)), now)));
        for (Candidate each : candidates) {
            if (isDue(each, now)) {
                ranked.remove(each);
                ranked.addFirst(each);
                break;
            }
        }
        return ranked;
    }

    private static double nanos(@Nullable Speed speed, Instant now) {
        return speed != null && isFresh(speed, now) ? speed.nanos() : Double.MAX_VALUE;
    }

    /** True for one job at a time. */
    private boolean isDue(Candidate candidate, Instant now) {
        boolean[] due = new boolean[1];
        speeds.compute(Destination.of(candidate), (_, known) -> {
            Speed speed = known == null ? Speed.UNKNOWN : known;
            due[0] = !isFresh(speed, now) && speed.triedAt().isBefore(now.minus(BETWEEN_TRIES));
            return due[0] ? new Speed(speed.nanos(), speed.answeredAt(), now) : speed;
        });
        return due[0];
    }

    private static boolean isFresh(Speed speed, Instant now) {
        return speed.answeredAt().isAfter(now.minus(FRESH));
    }
}
