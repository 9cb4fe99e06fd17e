package io.genapi.worker.original;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Original;
import io.genapi.worker.Samples;
import io.genapi.worker.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginalCheckTest {

    private static final JobRequest JOB = Samples.keyed(Samples.job(), "once");
    private static final String TOPIC = "genapi.requests.default";
    private static final BodyDigest DIGEST = BodyDigest.of(JOB.body());

    private final VirtualTime time = new VirtualTime();
    private int questions;

    @Test
    void knowsTheFirstRecordFromItsRepetitionsAndFromOtherRequests() throws InterruptedException {
        assertEquals(new Originality.First(), check(new Original(TOPIC, 3, 42, DIGEST), 0));
        assertEquals(new Originality.Repetition(), check(new Original(TOPIC, 3, 41, DIGEST), 0));
        assertEquals(new Originality.Repetition(), check(new Original(TOPIC, 2, 42, DIGEST), 0));
        assertEquals(new Originality.Repetition(), check(new Original("genapi.requests.flex", 3, 42, DIGEST), 0));
        Original another = new Original(TOPIC, 3, 41, BodyDigest.of(Samples.utf8("{}")));
        assertEquals(new Originality.Misuse(another), check(another, 0));
        assertEquals(5, questions, "where the store knows, it is asked once");
    }

    @Test
    void asksAgainWhileTheStoreHasNotSeenTheRecord() throws InterruptedException {
        assertEquals(new Originality.First(), check(new Original(TOPIC, 3, 42, DIGEST), 4));
        assertEquals(5, questions);
    }

    @Test
    void doesNotWaitForeverForAStore() throws InterruptedException {
        assertEquals(new Originality.Unclear(), check(new Original(TOPIC, 3, 42, DIGEST), Integer.MAX_VALUE));
        Duration waited = time.pauses().stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(waited.compareTo(Duration.ofSeconds(1)) < 0, waited::toString);
    }

    /** @param silent how many questions the store does not answer before it does */
    private Originality check(Original original, int silent) throws InterruptedException {
        int before = questions;
        Originals store = id -> {
            assertEquals(JOB.id(), id);
            return questions++ - before < silent ? Optional.empty() : Optional.of(original);
        };
        return new OriginalCheck(store, time).of(JOB.id(), JOB.body(), TOPIC, 3, 42);
    }
}
