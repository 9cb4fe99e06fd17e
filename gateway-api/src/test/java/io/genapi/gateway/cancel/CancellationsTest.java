package io.genapi.gateway.cancel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.JobQuery;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CancellationsTest {

    private static final JobId ID = JobId.firstOf(Instant.EPOCH);
    private static final StoreAnswer UNKNOWN = new StoreAnswer.Unknown("busy");
    private static final StoreAnswer QUEUED = found(
            "{\"status\":\"queued\",\"tenant\":\"acme\",\"correlation_id\":\"order-7\",\"request_id\":\"req-1\"}");
    private static final StoreAnswer CANCELLED = found("{\"status\":\"cancelled\"}");

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final List<JobEvent> published = new ArrayList<>();
    private final List<Duration> holds = new ArrayList<>();
    private CancelPublisher.Outcome outcome = new CancelPublisher.Outcome.Acknowledged();

    @Test
    void anOpenJobIsCancelledUnderItsOwnIdsAndItsEndIsTold() throws Exception {
        CancelOutcome.Ended ended = assertInstanceOf(CancelOutcome.Ended.class, cancel(QUEUED, CANCELLED));
        assertEquals(CANCELLED, new StoreAnswer.Found(ended.document()));
        JobEvent event = published.getFirst();
        assertEquals(ID, event.id());
        assertEquals(JobEvent.Kind.CANCEL_REQUESTED, event.kind());
        assertEquals(new TenantId("acme"), event.tenant());
        assertEquals("order-7", event.correlation().id().toString());
        assertEquals("req-1", event.requestId().value());
        assertEquals(Duration.ofSeconds(2), holds.getLast());
    }

    @Test
    void aJobThatTakesLongerToEndIsToldAsItStands() throws Exception {
        assertInstanceOf(CancelOutcome.Requested.class, cancel(QUEUED, QUEUED));
    }

    @Test
    void aJobThatHasEndedStaysAsItIs() throws Exception {
        assertInstanceOf(CancelOutcome.Ended.class, cancel(found("{\"status\":\"succeeded\"}")));
        assertEquals(List.of(), published);
    }

    @Test
    void whatTheStoreCannotTellOfIsNotCancelled() throws Exception {
        assertEquals(new CancelOutcome.NotAsked(new StoreAnswer.NotFound()), cancel(new StoreAnswer.NotFound()));
        assertEquals(new CancelOutcome.NotAsked(UNKNOWN), cancel(UNKNOWN));
        assertInstanceOf(CancelOutcome.NotAsked.class, cancel(found("no job")));
        assertEquals(List.of(), published);
    }

    @Test
    void aWishThatKafkaDoesNotConfirmIsToldAsThat() throws Exception {
        outcome = new CancelPublisher.Outcome.Unconfirmed("TimeoutException");
        assertEquals(new CancelOutcome.Unconfirmed("TimeoutException"), cancel(QUEUED));
    }

    @Test
    void aDurableWishIsToldAlsoWhereTheStoreCannotSayWhatCameOfIt() throws Exception {
        assertInstanceOf(CancelOutcome.Requested.class, cancel(QUEUED, UNKNOWN));
        assertEquals(1, published.size());
    }

    /** The store's answers come in turn; the last one is repeated. */
    private CancelOutcome cancel(StoreAnswer... answers) throws InterruptedException {
        List<StoreAnswer> script = new ArrayList<>(List.of(answers));
        JobStore store = new JobStore() {
            @Override
            public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) {
                holds.add(wait);
                now = now.plus(wait);
                return script.size() > 1 ? script.removeFirst() : script.getFirst();
            }

            @Override
            public StoreAnswer list(JobQuery query) {
                throw new AssertionError("nobody lists");
            }
        };
        JobLookup lookup =
                new JobLookup(store, Duration.ofSeconds(5), () -> false, () -> now, rest -> now = now.plus(rest));
        CancelPublisher publisher = event -> {
            published.add(event);
            return outcome;
        };
        return new Cancellations(lookup, publisher, Duration.ofSeconds(2), () -> now).cancel(ID, Optional.empty());
    }

    private static StoreAnswer found(String document) {
        return new StoreAnswer.Found(document.getBytes(UTF_8));
    }
}
