package io.genapi.worker.original;

import io.genapi.schemas.job.Original;
import io.genapi.worker.attempt.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells the one request of an idempotency key that is run from its repetitions. The record has come from Kafka, so that
 * the store sees it too, a moment sooner or later: it is asked a few times. Thread-safe.
 */
public final class OriginalCheck {

    /** Between two questions. */
    private static final List<Duration> PAUSES =
            List.of(ms(10), ms(20), ms(40), ms(80), ms(150), ms(200), ms(200), ms(200));

    /** With stores that are slow to answer: the record holds a permit meanwhile that another one could use. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Originals originals;
    private final Pause pause;
    private final InstantSource clock;

    public OriginalCheck(Originals originals, Pause pause, InstantSource clock) {
        this.originals = originals;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Asks a few times.
     *
     * @param deadline until which it is worth asking; only afterwards a request is found to be forgotten
     */
    public Originality of(KeyedRequest request, Instant deadline) throws InterruptedException {
        Instant giveUp = earlier(deadline, clock.instant().plus(PATIENCE));
        Optional<Original> original = originals.find(request.job());
        for (Duration next : PAUSES) {
            if (original.isPresent() || !clock.instant().plus(next).isBefore(giveUp)) {
                break;
            }
            pause.pause(next);
            original = originals.find(request.job());
        }
        if (original.isEmpty() && clock.instant().isBefore(deadline)) {
            return new Originality.Unclear();
        }
        return judged(request, original);
    }

    /** Asks once. */
    public Originality of(KeyedRequest request) throws InterruptedException {
        return judged(request, originals.find(request.job()));
    }

    private Originality judged(KeyedRequest request, Optional<Original> original) throws InterruptedException {
        if (original.isEmpty()) {
            return originals.isForgotten(request.job()) ? new Originality.Forgotten() : new Originality.Unclear();
        }
        if (request.is(original.get())) {
            return new Originality.First();
        }
        return original.get().digest().equals(request.digest())
                ? new Originality.Repetition()
                : new Originality.Misuse(original.get());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
