package io.genapi.gateway.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.job.Originals;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.Likeness;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class KeyedJobsTest {

    private static final byte[] BODY = "{\"model\":\"m\"}".getBytes(UTF_8);
    private static final Originals.Answer SAME = new Originals.Answer.Known(BodyDigest.of(BODY));
    private static final Originals.Answer ANOTHER = new Originals.Answer.Known(BodyDigest.of("{}".getBytes(UTF_8)));
    private static final Originals.Answer NONE = new Originals.Answer.NoneYet();
    private static final Originals.Answer UNKNOWN = new Originals.Answer.Unknown("no store is running");

    private final Store store = new Store();
    private final List<JobId> published = new ArrayList<>();
    private JobPublisher.Outcome kafkaSays = new JobPublisher.Outcome.Acknowledged();
    private boolean admits = true;
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void publishesTheFirstRequestOfAKey() throws InterruptedException {
        assertEquals(new Taking.Taken(), take(NONE, SAME));
        assertEquals(1, published.size());
    }

    @Test
    void attachesALaterOneWithoutPublishingIt() throws InterruptedException {
        assertEquals(new Taking.Attached(), take(SAME));
        assertEquals(new Taking.OtherBody(), take(ANOTHER));
        assertEquals(List.of(), published);
    }

    @Test
    void asksForLeaveOnlyBeforeItPublishes() throws InterruptedException {
        admits = false;
        assertEquals(new Taking.Attached(), take(SAME));
        assertEquals(new Taking.NotAdmitted(), take(NONE));
        assertEquals(List.of(), published);
    }

    @Test
    void losesARaceToAnotherBody() throws InterruptedException {
        assertEquals(new Taking.OtherBody(), take(NONE, ANOTHER));
        assertEquals(1, published.size());
    }

    @Test
    void asksAStoreThatIsBehindUntilItHasSeenWhatWasPublished() throws InterruptedException {
        assertEquals(new Taking.Taken(), take(NONE, NONE, UNKNOWN, NONE, SAME));
        assertEquals(1, published.size());
    }

    @Test
    void publishesNothingWhereNobodyCanTell() throws InterruptedException {
        assertEquals(new Taking.Undecided("no store is running", false), take(UNKNOWN));
        assertEquals(List.of(), published);
        assertTrue(store.questions > 3, "it asks again for a while");
        assertEquals(new Taking.Taken(), take(UNKNOWN, UNKNOWN, NONE, SAME));
    }

    @Test
    void saysThatARequestMayBeTakenWhereNobodyTellsAfterwards() throws InterruptedException {
        assertTrue(assertInstanceOf(Taking.Undecided.class, take(NONE, NONE)).published());
        assertTrue(assertInstanceOf(Taking.Undecided.class, take(NONE, UNKNOWN)).published());
        kafkaSays = new JobPublisher.Outcome.Unconfirmed("TimeoutException");
        assertEquals(new Taking.Unconfirmed("TimeoutException"), take(NONE));
    }

    /** @param answers of the store in their order; the last one stays */
    private Taking take(Originals.Answer... answers) throws InterruptedException {
        store.answers.clear();
        store.answers.addAll(List.of(answers));
        JobPublisher publisher = request -> {
            published.add(request.id());
            return kafkaSays;
        };
        return new KeyedJobs(store, publisher, Duration.ofSeconds(2), () -> now, rest -> now = now.plus(rest))
                .take(request(), () -> admits);
    }

    private static JobRequest request() {
        JobId id = JobId.ofKey(TenantId.DEFAULT, "once");
        return new JobRequest(
                id,
                Lane.PRIORITY,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("r"),
                Instant.EPOCH,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("once"),
                Optional.empty(),
                BODY);
    }

    private static final class Store implements Originals {

        private final Queue<Answer> answers = new ArrayDeque<>();
        private int questions;

        @Override
        public Answer find(JobId id) {
            questions++;
            return answers.size() > 1 ? answers.remove() : answers.element();
        }

        @Override
        public List<JobId> recent(Likeness likeness) {
            return List.of();
        }
    }
}
