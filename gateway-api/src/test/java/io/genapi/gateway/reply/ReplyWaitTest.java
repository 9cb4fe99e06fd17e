package io.genapi.gateway.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplyWaitTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final JobId ID = JobId.firstOf(NOW);
    private static final Reply REPLY = new Reply(
            JobStatus.SUCCEEDED,
            200,
            Optional.empty(),
            1,
            Optional.empty(),
            Optional.empty(),
            "{}".getBytes(StandardCharsets.UTF_8));

    private final PartitionOwnership ownership = new PartitionOwnership();
    private final PendingReplies pendingReplies = new PendingReplies(ownership, 1);
    private final Answers store = new Answers();
    private final ReplyWait wait = new ReplyWait(store, Duration.ofNanos(1), InstantSource.fixed(NOW));

    ReplyWaitTest() {
        ownership.gain(List.of(0));
    }

    @Test
    void endsWithTheReplyThatArrives() throws InterruptedException {
        try (PendingReply pending = pendingReplies.expect(ID)) {
            pendingReplies.arrived(ID, REPLY);

            assertEquals(new WaitOutcome.Replied(REPLY), wait.await(pending, NOW.plusSeconds(1), () -> true));
        }
        assertEquals(0, pendingReplies.count());
    }

    @Test
    void tellsAllThatWaitForOneJobItsEnd() throws InterruptedException {
        try (PendingReply one = pendingReplies.expect(ID);
                PendingReply other = pendingReplies.expect(ID)) {
            try (PendingReply gone = pendingReplies.expect(ID)) {
                assertEquals(ID, gone.id());
                assertEquals(3, pendingReplies.count());
            }
            assertEquals(2, pendingReplies.count());
            assertTrue(pendingReplies.arrived(ID, REPLY));

            assertEquals(new WaitOutcome.Replied(REPLY), wait.await(one, NOW.plusSeconds(1), () -> true));
            assertEquals(new WaitOutcome.Replied(REPLY), wait.await(other, NOW.plusSeconds(1), () -> true));
        }
        assertEquals(0, pendingReplies.count());
    }

    @Test
    void asksTheStoreNowAndThenEvenWhereNothingMoved() throws InterruptedException {
        store.say(new StoreAnswer.Unknown("busy"));
        store.say(new StoreAnswer.NotFound());
        store.say(found("{\"status\":\"running\"}"));
        store.say(found("{\"status\":\"failed\",\"http_status\":429,\"attempts\":5,\"error\":{ \"code\":\"x\" }}"));
        try (PendingReply pending = pendingReplies.expect(ID)) {
            Reply reply = assertInstanceOf(
                            WaitOutcome.Replied.class, wait.await(pending, NOW.plusSeconds(1), () -> true))
                    .reply();

            assertEquals(429, reply.httpStatus());
            assertEquals(5, reply.attempts());
            assertEquals("{\"error\":{ \"code\":\"x\" }}", new String(reply.body(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void endsWhereTheResultIsNoLongerKept() throws InterruptedException {
        store.say(new StoreAnswer.Gone(new byte[0]));
        try (PendingReply pending = pendingReplies.expectAnywhere(ID)) {
            assertEquals(new WaitOutcome.ResultExpired(), wait.await(pending, NOW.plusSeconds(1), () -> true));
        }
    }

    @Test
    void asksTheStoreInALaterWaitTooWhereAPartitionMovedInAnEarlierOne() throws InterruptedException {
        ReplyWait trusting = new ReplyWait(store, Duration.ofDays(1), InstantSource.fixed(NOW));
        try (PendingReply pending = pendingReplies.expectAnywhere(ID)) {
            assertEquals(new WaitOutcome.CallerLeft(), trusting.await(pending, NOW.plusSeconds(1), () -> false));
            store.say(new StoreAnswer.Gone(new byte[0]));
            AtomicInteger looks = new AtomicInteger();

            WaitOutcome second = trusting.await(pending, NOW.plusSeconds(1), () -> looks.incrementAndGet() < 4);

            assertEquals(new WaitOutcome.ResultExpired(), second);
        }
    }

    @Test
    void endsWithTheCallersTime() throws InterruptedException {
        try (PendingReply pending = pendingReplies.expect(ID)) {
            assertEquals(new WaitOutcome.TimePassed(), wait.await(pending, NOW, () -> true));
        }
    }

    @Test
    void endsWhenTheCallerGoesAway() throws InterruptedException {
        try (PendingReply pending = pendingReplies.expect(ID)) {
            assertEquals(new WaitOutcome.CallerLeft(), wait.await(pending, NOW.plusSeconds(1), () -> false));
        }
    }

    @Test
    void endsWithTheGateway() throws InterruptedException {
        try (PendingReply pending = pendingReplies.expect(ID)) {
            pendingReplies.stop();

            assertEquals(new WaitOutcome.Interrupted(), wait.await(pending, NOW.plusSeconds(1), () -> true));
        }
    }

    private static StoreAnswer found(String document) {
        return new StoreAnswer.Found(document.getBytes(StandardCharsets.UTF_8));
    }

    /** A store that says what it was told to say. */
    private static final class Answers implements JobStore {

        private final Queue<StoreAnswer> answers = new ArrayDeque<>();

        void say(StoreAnswer answer) {
            answers.add(answer);
        }

        @Override
        public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration patience) {
            return answers.remove();
        }

        @Override
        public StoreAnswer list(JobQuery query) {
            return answers.remove();
        }
    }
}
