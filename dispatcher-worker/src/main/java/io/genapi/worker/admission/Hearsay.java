package io.genapi.worker.admission;

import io.genapi.schemas.control.Sighting.Down;
import io.genapi.schemas.control.Sighting.Fails;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What the other workers say of a destination, and what that is worth. The network of one of them may be broken where the
 * vendor is not, so their word only stands in for experience that a worker lacks: it counts for nothing against a call of
 * its own that was answered since their trouble began, it waits while its own calls are answered, and it takes several
 * of them where there are many. Immutable and pure.
 *
 * @param trouble the latest that each says who has any, by worker
 * @param lastUp when the latest of them found that it works again; what was said before that is void
 */
record Hearsay(Map<String, Told> trouble, Instant lastUp) {

    static final Hearsay NONE = new Hearsay(Map.of(), Instant.MIN);

    /** As many failures as make a breaker open by itself, whoever saw them. */
    private static final int ENOUGH_FAILURES = 10;

    /** Up to so many workers each one's word is enough: there may be no other. */
    private static final int PAIR = 2;

    /** From more than so many on it takes three. */
    private static final int MANY = 20;

    /**
     * One worker's word.
     *
     * @param at when it found out
     * @param since when the trouble began for it
     * @param failures that it saw
     * @param nextTry when it tries again
     * @param lasts how long from then on it says something of the present
     */
    record Told(Instant at, Instant since, int failures, Instant nextTry, Duration lasts) {

        /** A few failures in a row may be chance. */
        private static final Duration FAILS_LASTS = Duration.ofSeconds(5);

        /** At least a few of the longest waits between two tries. */
        private static final Duration DOWN_LASTS = Duration.ofSeconds(30);

        /** Who shuts because of failures alone tries after that. */
        private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

        /** Nobody is believed to wait longer. */
        private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

        static Told of(Instant at, Fails fails) {
            return new Told(at, earlier(fails.since(), at), fails.failures(), at.plus(FIRST_WAIT), FAILS_LASTS);
        }

        static Told of(Instant at, Down down) {
            Instant nextTry = earlier(later(at, down.nextTry()), at.plus(LONGEST_WAIT));
            return new Told(at, earlier(down.since(), at), ENOUGH_FAILURES, nextTry, DOWN_LASTS);
        }

        boolean counts(Instant now) {
            return at.plus(lasts).isAfter(now);
        }

        /** Whether it comes of a try in vain, and not of the first failures. */
        boolean isOfATry() {
            return failures >= ENOUGH_FAILURES && at.isAfter(since);
        }

        /** When others are to try: after it, and not all at once. */
        Instant afterwards(double dice) {
            long wait = Duration.between(at, nextTry).toNanos();
            return nextTry.plusNanos((long) (wait * dice / 2));
        }
    }

    Hearsay {
        trouble = Map.copyOf(trouble);
    }

    /** A worker says that it has trouble. */
    Hearsay trouble(String worker, Told told) {
        if (!told.at().isAfter(lastUp)) {
            return this;
        }
        Map<String, Told> next = new HashMap<>(trouble);
        next.values().removeIf(each -> !each.counts(told.at()));
        next.put(worker, told);
        return new Hearsay(next, lastUp);
    }

    /** A worker found that it works again, which the others would find too if they tried. */
    Hearsay up(Instant at) {
        if (!at.isAfter(lastUp)) {
            return this;
        }
        Map<String, Told> next = new HashMap<>(trouble);
        next.values().removeIf(each -> !each.at().isAfter(at));
        return new Hearsay(next, at);
    }

    /**
     * Whether to call no more, with the latest word that says so.
     *
     * @param own experience of the worker that asks itself
     * @param workers how many there are
     */
    Optional<Told> shuts(Experience own, IntSupplier workers, Instant now) {
        List<Told> credible = trouble.values().stream()
                .filter(told -> told.counts(now) && !own.contradicts(told.since()))
                .toList();
        int failures =
                own.failures() + credible.stream().mapToInt(Told::failures).sum();
        if (credible.isEmpty() || own.isGood(now) || failures < ENOUGH_FAILURES) {
            return Optional.empty();
        }
        int voices = credible.size() + (own.failures() > 0 ? 1 : 0);
        return voices < enough(workers.getAsInt())
                ? Optional.empty()
                : credible.stream().max(Comparator.comparing(Told::at));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static int enough(int workers) {
        if (workers <= PAIR) {
            return 1;
        }
        return workers <= MANY ? 2 : 3;
    }
}
