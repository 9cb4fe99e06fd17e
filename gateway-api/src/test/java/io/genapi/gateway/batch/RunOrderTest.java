package io.genapi.gateway.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunOrderTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");

    private final Random random = new Random(1);
    private final RunOrder order = new RunOrder(4);

    private Batch batch(TenantId tenant, int second) {
        BatchTerms terms = new BatchTerms(
                tenant,
                FileId.mint(random),
                "/v1/chat/completions",
                "24h",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW.plusSeconds(second),
                NOW.plusSeconds(86_400));
        return new Batch(BatchId.mint(random), terms, BatchProgress.BEGINNING, Optional.empty());
    }

    @Test
    void givesTenantsTheirTurnsAndTheOldestOfOneItsOwn() {
        Batch first = batch(ACME, 0);
        Batch second = batch(ACME, 1);
        Batch late = batch(OTHER, 9);

        assertEquals(List.of(first, late, second), order.next(List.of(late, second, first), List.of()));
    }

    @Test
    void prefersWhoseBatchesAreNotRunYet() {
        Batch old = batch(ACME, 0);
        Batch late = batch(OTHER, 9);

        assertEquals(List.of(late, old), order.next(List.of(old, late), List.of(ACME)));
    }

    @Test
    void keepsHalfOfThePlacesForOthers() {
        List<Batch> due = List.of(batch(ACME, 0), batch(ACME, 1), batch(ACME, 2));

        assertEquals(due.subList(0, 2), order.next(due, List.of()));
        assertEquals(List.of(), order.next(due, List.of(ACME, ACME)));
    }

    @Test
    void beginsNothingWhereThereIsNoPlace() {
        assertEquals(List.of(), order.next(List.of(batch(ACME, 0)), List.of(OTHER, OTHER, ACME, OTHER)));
    }
}
