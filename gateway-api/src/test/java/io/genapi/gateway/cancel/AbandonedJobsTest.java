package io.genapi.gateway.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.control.Attachment;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AbandonedJobsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final JobId ID = JobId.firstOf(NOW);

    private final List<JobId> cancelled = new ArrayList<>();
    private final List<JobId> told = new ArrayList<>();
    private final Set<JobId> waitedFor = new HashSet<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final Attachments attachments = new Attachments(attachment -> told.add(attachment.id()), 2, () -> NOW);
    private String status = "running";

    @Test
    void endsAJobWhenTheGraceIsOver() {
        jobs(true).abandoned(job(Optional.empty()));
        assertEquals(List.of(), cancelled);
        later.remove().run();
        assertEquals(List.of(ID), cancelled);
    }

    @Test
    void endsNoneForWhichItsCallerHasComeBack() {
        jobs(true).abandoned(job(Optional.empty()));
        attachments.attached(ID);
        later.remove().run();
        assertEquals(List.of(), cancelled);
        assertEquals(List.of(ID), told, "the other gateways too");
    }

    @Test
    void endsNoneForWhichItsCallerHasComeBackToAnotherGateway() {
        attachments.heard(new Attachment(ID, NOW));
        jobs(true).abandoned(job(Optional.empty()));
        later.remove().run();
        assertEquals(List.of(), cancelled);
    }

    @Test
    void endsNoneForWhichSomebodyElseWaits() {
        jobs(true).abandoned(job(Optional.empty()));
        waitedFor.add(ID);
        later.remove().run();
        assertEquals(List.of(), cancelled);
    }

    @Test
    void endsNoneThatHasEnded() {
        jobs(true).abandoned(job(Optional.empty()));
        status = "succeeded";
        later.remove().run();
        assertEquals(List.of(), cancelled);
    }

    @Test
    void endsNoneWithAnIdempotencyKeyAndNoneWhereThatIsNotWanted() {
        jobs(true).abandoned(job(Optional.of("once")));
        jobs(false).abandoned(job(Optional.empty()));
        assertEquals(0, later.size());
    }

    @Test
    void forgetsTheAttachmentsThatItHeardOfLongestAgo() {
        List<JobId> ids = List.of(ID, JobId.firstOf(NOW.plusSeconds(1)), JobId.firstOf(NOW.plusSeconds(2)));
        ids.forEach(id -> attachments.heard(new Attachment(id, NOW)));
        assertEquals(
                List.of(false, true, true), ids.stream().map(attachments::any).toList());
    }

    private AbandonedJobs jobs(boolean cancels) {
        return new AbandonedJobs(
                event -> {
                    cancelled.add(event.id());
                    return new CancelPublisher.Outcome.Acknowledged();
                },
                new OneStatus(),
                id -> attachments.any(id) || waitedFor.contains(id),
                new AbandonedJobs.Rules(cancels, GRACE),
                (delay, task) -> {
                    assertEquals(GRACE, delay);
                    later.add(task);
                },
                () -> NOW);
    }

    private static JobRequest job(Optional<String> idempotencyKey) {
        return new JobRequest(
                ID,
                Lane.PRIORITY,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("order 7")),
                new RequestId("req-1"),
                NOW,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                idempotencyKey,
                Optional.empty(),
                new byte[0]);
    }

    /** A store in which all jobs have the status that the test says. */
    private final class OneStatus implements JobStore {

        @Override
        public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) {
            return new StoreAnswer.Found("{\"status\":\"%s\"}".formatted(status).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public StoreAnswer list(JobQuery query) {
            throw new UnsupportedOperationException();
        }
    }
}
