package io.genapi.gateway.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchPolicyTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant OVER = NOW.plusSeconds(86_400);
    private static final BatchId ID = BatchId.mint(new Random(1));
    private static final BatchTerms TERMS = new BatchTerms(
            TenantId.DEFAULT,
            FileId.mint(new Random(2)),
            "/v1/chat/completions",
            "24h",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOW,
            OVER);

    private final BatchIndex index = new BatchIndex();

    private Batch batch(BatchStatus status) {
        index.take(new BatchNews.Asked(ID, TERMS));
        if (status != BatchStatus.VALIDATING) {
            index.take(new BatchNews.Moved(ID, TERMS, BatchProgress.BEGINNING.moved(status, NOW), NOW));
        }
        return index.find(ID).orElseThrow();
    }

    private Batch cancelled(BatchStatus status) {
        batch(status);
        index.take(new BatchNews.CancelRequested(ID, NOW));
        return index.find(ID).orElseThrow();
    }

    @Test
    void looksAtTheFileFirst() {
        assertEquals(new BatchStep.Validate(), BatchPolicy.next(batch(BatchStatus.VALIDATING), NOW));
    }

    @Test
    void runsWhatHasBeenLookedAtAndGathersAgainWhatSomebodyElseWasFinalizing() {
        assertEquals(new BatchStep.Run(), BatchPolicy.next(batch(BatchStatus.IN_PROGRESS), NOW));
        assertEquals(new BatchStep.Run(), BatchPolicy.next(batch(BatchStatus.FINALIZING), NOW));
    }

    @Test
    void leavesAloneWhatHasEnded() {
        for (BatchStatus status : BatchStatus.values()) {
            if (status.isTerminal()) {
                assertEquals(
                        new BatchStep.Nothing(),
                        BatchPolicy.next(
                                new Batch(ID, TERMS, BatchProgress.BEGINNING.moved(status, NOW), Optional.of(NOW)),
                                OVER));
            }
        }
    }

    @Test
    void endsAtOnceWhatIsCancelledOrOverBeforeAnythingHasBegun() {
        assertEquals(new BatchStep.End(BatchStatus.EXPIRED), BatchPolicy.next(batch(BatchStatus.VALIDATING), OVER));
        assertEquals(
                new BatchStep.End(BatchStatus.CANCELLED), BatchPolicy.next(cancelled(BatchStatus.VALIDATING), NOW));
    }

    @Test
    void beginsNothingMoreOfWhatIsCancelledOrOver() {
        assertEquals(
                new BatchStep.Drain(BatchStep.Reason.EXPIRED), BatchPolicy.next(batch(BatchStatus.IN_PROGRESS), OVER));
        assertEquals(
                new BatchStep.Drain(BatchStep.Reason.CANCELLED),
                BatchPolicy.next(cancelled(BatchStatus.IN_PROGRESS), NOW));
    }

    @Test
    void goesOnCancellingWhoeverTakesOver() {
        assertEquals(
                new BatchStep.Drain(BatchStep.Reason.CANCELLED), BatchPolicy.next(batch(BatchStatus.CANCELLING), OVER));
    }

    @Test
    void finishesWhatIsCancelledTooLate() {
        assertEquals(new BatchStep.Run(), BatchPolicy.next(cancelled(BatchStatus.FINALIZING), NOW));
        assertEquals(BatchStatus.FINALIZING, cancelled(BatchStatus.FINALIZING).status());
    }

    @Test
    void endsAsItWasDrained() {
        assertEquals(BatchStatus.COMPLETED, BatchPolicy.end(Optional.empty(), 0));
        assertEquals(BatchStatus.CANCELLED, BatchPolicy.end(Optional.of(BatchStep.Reason.CANCELLED), 0));
        assertEquals(BatchStatus.EXPIRED, BatchPolicy.end(Optional.of(BatchStep.Reason.EXPIRED), 1));
        assertEquals(
                BatchStatus.COMPLETED,
                BatchPolicy.end(Optional.of(BatchStep.Reason.EXPIRED), 0),
                "all had ended when its time was over");
    }

    @Test
    void isCancellingForItsCallerFromTheMomentThatItAsked() {
        Batch asked = cancelled(BatchStatus.IN_PROGRESS);

        assertEquals(BatchStatus.CANCELLING, asked.status());
        assertEquals(Optional.of(NOW), asked.since(BatchStatus.CANCELLING));
    }

    @Test
    void staysAsItEndedWhateverAGatewayThatLostItStillWrites() {
        batch(BatchStatus.COMPLETED);

        index.take(new BatchNews.Moved(ID, TERMS, BatchProgress.BEGINNING.moved(BatchStatus.IN_PROGRESS, NOW), NOW));
        index.take(new BatchNews.CancelRequested(ID, NOW));

        assertEquals(BatchStatus.COMPLETED, index.find(ID).orElseThrow().status());
    }

    @Test
    void isContradictedUntilItsEndIsTheLastWordAgain() {
        Batch ended = batch(BatchStatus.COMPLETED);
        assertEquals(List.of(), index.contradicted());

        index.take(new BatchNews.Moved(ID, TERMS, BatchProgress.BEGINNING.moved(BatchStatus.IN_PROGRESS, NOW), NOW));
        assertEquals(List.of(ended), index.contradicted());

        index.take(new BatchNews.Moved(ID, TERMS, ended.progress(), NOW));
        assertEquals(List.of(), index.contradicted());
    }

    @Test
    void isWhatWasAskedFirst() {
        batch(BatchStatus.VALIDATING);
        BatchTerms later = new BatchTerms(
                TenantId.DEFAULT,
                FileId.mint(new Random(3)),
                "/v1/chat/completions",
                "24h",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW,
                OVER);

        index.take(new BatchNews.Asked(ID, later));

        assertEquals(TERMS, index.find(ID).orElseThrow().terms());
        index.forget(ID);
        assertEquals(Optional.empty(), index.find(ID));
    }
}
