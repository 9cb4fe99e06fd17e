package io.genapi.worker.original;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.worker.Samples;
import io.genapi.worker.ScriptedOriginals;
import io.genapi.worker.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginalCheckTest {

    private static final JobRequest JOB = Samples.keyed(Samples.job(), "once");
    private static final String TOPIC = "genapi.requests.default";
    private static final BodyDigest DIGEST = BodyDigest.of(JOB.body());
    private static final KeyedRequest REQUEST = request(new RecordPlace(TOPIC, 3, 42), Optional.empty());
    private static final Original ITSELF = new Original(TOPIC, 3, 42, DIGEST);
    private static final Instant TOMORROW = Samples.NOW.plus(Duration.ofDays(1));

    private final VirtualTime time = new VirtualTime();
    private final ScriptedOriginals store = new ScriptedOriginals();

    @Test
    void knowsTheFirstRecordFromItsRepetitionsAndFromOtherRequests() throws InterruptedException {
        assertEquals(new Originality.First(), check(ITSELF));
        assertEquals(new Originality.Repetition(), check(new Original(TOPIC, 3, 41, DIGEST)));
        assertEquals(new Originality.Repetition(), check(new Original(TOPIC, 2, 42, DIGEST)));
        assertEquals(new Originality.Repetition(), check(new Original("genapi.requests.flex", 3, 42, DIGEST)));
        Original another = new Original(TOPIC, 3, 41, BodyDigest.of(Samples.utf8("{}")));
        assertEquals(new Originality.Misuse(another), check(another));
        assertEquals(5, store.questions(), "where the store knows, it is asked once");
    }

    @Test
    void asksAgainWhileTheStoreHasNotSeenTheRecord() throws InterruptedException {
        assertEquals(new Originality.First(), check(store.knowing(ITSELF).afterSilence(4), TOMORROW));
        assertEquals(5, store.questions());
    }

    @Test
    void takesOneThatWasPutBackForTheOneThatItStandsFor() throws InterruptedException {
        KeyedRequest putBack = request(new RecordPlace(TOPIC, 3, 77), Optional.of(new RecordPlace(TOPIC, 3, 42)));
        OriginalCheck check = new OriginalCheck(store, time, time);
        store.knowing(ITSELF);
        assertEquals(new Originality.First(), check.of(putBack));
        store.knowing(new Original(TOPIC, 3, 77, DIGEST));
        assertEquals(new Originality.First(), check.of(putBack), "the store could not read the other one");
        store.knowing(new Original(TOPIC, 3, 41, DIGEST));
        assertEquals(new Originality.Repetition(), check.of(putBack));
    }

    @Test
    void doesNotWaitForeverForAStore() throws InterruptedException {
        assertEquals(new Originality.Unclear(), check(store, TOMORROW));
        Duration waited = time.pauses().stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(waited.compareTo(Duration.ofSeconds(1)) < 0, waited::toString);
    }

    @Test
    void givesAStoreUpThatHangs() throws InterruptedException {
        assertEquals(new Originality.Unclear(), check(hanging(Duration.ofSeconds(1)), TOMORROW));
        assertEquals(2, store.questions());
    }

    @Test
    void asksNoLongerThanTheJobLives() throws InterruptedException {
        assertEquals(new Originality.Unclear(), check(store, Samples.NOW.plusMillis(50)));
        assertEquals(3, store.questions(), "at once, after 10 ms and after 30 ms");
    }

    @Test
    void takesARequestForForgottenOnlyWhenItsTimeIsOver() throws InterruptedException {
        store.forget(true);
        assertEquals(new Originality.Unclear(), check(store, Samples.NOW.plusSeconds(10)));
        assertEquals(new Originality.Forgotten(), check(store, Samples.NOW));
        store.forget(false);
        assertEquals(new Originality.Unclear(), check(store, Samples.NOW), "nobody is certain");
    }

    private static KeyedRequest request(RecordPlace place, Optional<RecordPlace> redrivenFrom) {
        return new KeyedRequest(JOB.id(), JOB::digest, place, redrivenFrom);
    }

    private Originality check(Original original) throws InterruptedException {
        return check(store.knowing(original), TOMORROW);
    }

    private Originality check(Originals originals, Instant deadline) throws InterruptedException {
        return new OriginalCheck(originals, time, time).of(REQUEST, deadline);
    }

    private Originals hanging(Duration each) {
        return new Originals() {
            @Override
            public Optional<Original> find(JobId id) {
                time.pass(each);
                return store.find(id);
            }

            @Override
            public boolean isForgotten(JobId id) {
                return false;
            }
        };
    }
}
