package io.genapi.gateway.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JobLookupTest {

    private static final JobId ID = JobId.firstOf(Instant.EPOCH);
    private static final StoreAnswer UNKNOWN = new StoreAnswer.Unknown("busy");
    private static final StoreAnswer OPEN = found("{\"status\":\"running\"}");
    private static final StoreAnswer ENDED = found("{\"status\":\"succeeded\"}");

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private boolean stopping;
    private final List<Duration> waits = new ArrayList<>();

    @Test
    void asksAgainWhileTheStoreCannotKnow() throws InterruptedException {
        assertEquals(ENDED, lookup(nth -> nth < 3 ? UNKNOWN : ENDED).find(ID, Optional.empty(), Duration.ZERO));
        assertEquals(4, waits.size());
    }

    @Test
    void givesUpWhenItsPatienceIsOver() throws InterruptedException {
        Instant began = now;

        assertEquals(UNKNOWN, lookup(_ -> UNKNOWN).find(ID, Optional.empty(), Duration.ZERO));
        assertEquals(4, Duration.between(began, now).toSeconds());
    }

    @Test
    void takesACertainNoForAnAnswer() throws InterruptedException {
        assertEquals(
                new StoreAnswer.NotFound(),
                lookup(_ -> new StoreAnswer.NotFound()).find(ID, Optional.empty(), Duration.ofSeconds(60)));
        assertEquals(1, waits.size());
    }

    @Test
    void waitsInSlicesUntilTheJobHasEnded() throws InterruptedException {
        assertEquals(ENDED, lookup(nth -> nth < 2 ? OPEN : ENDED).find(ID, Optional.empty(), Duration.ofSeconds(60)));
        assertEquals(Duration.ofSeconds(5), waits.getFirst());
    }

    @Test
    void tellsTheStateWhenTheWaitIsOver() throws InterruptedException {
        assertEquals(OPEN, lookup(_ -> OPEN).find(ID, Optional.empty(), Duration.ofSeconds(12)));
        assertEquals(3, waits.size());
    }

    @Test
    void stopsWaitingWhenTheGatewayDoes() throws InterruptedException {
        stopping = true;
        assertEquals(OPEN, lookup(_ -> OPEN).find(ID, Optional.empty(), Duration.ofSeconds(60)));
        assertEquals(1, waits.size());
    }

    private JobLookup lookup(Function<Integer, StoreAnswer> answers) {
        JobStore store = new JobStore() {
            @Override
            public StoreAnswer find(JobId id, Optional<TenantId> viewer, Duration wait) {
                now = now.plus(wait);
                waits.add(wait);
                return answers.apply(waits.size() - 1);
            }

            @Override
            public StoreAnswer list(JobQuery query) {
                return UNKNOWN;
            }
        };
        return new JobLookup(store, Duration.ofSeconds(5), () -> stopping, () -> now, rest -> now = now.plus(rest));
    }

    private static StoreAnswer found(String document) {
        return new StoreAnswer.Found(document.getBytes(StandardCharsets.UTF_8));
    }
}
