package io.genapi.worker.original;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import io.genapi.worker.attempt.Pause;
import java.time.Duration;
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

    private final Originals originals;
    private final Pause pause;

    public OriginalCheck(Originals originals, Pause pause) {
        this.originals = originals;
        this.pause = pause;
    }

    /**
     * @param job the key's
     * @param body of the record that has the key
     * @param topic where that lies, with its partition and offset
     */
    public Originality of(JobId job, byte[] body, String topic, int partition, long offset)
            throws InterruptedException {
        Optional<Original> original = originals.find(job);
        for (Duration next : PAUSES) {
            if (original.isPresent()) {
                break;
            }
            pause.pause(next);
            original = originals.find(job);
        }
        if (original.isEmpty()) {
            return new Originality.Unclear();
        }
        if (original.get().liesAt(topic, partition, offset)) {
            return new Originality.First();
        }
        return original.get().digest().equals(BodyDigest.of(body))
                ? new Originality.Repetition()
                : new Originality.Misuse(original.get());
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
