package io.genapi.store.topology;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumptionProgressTest {

    private static final TopicPartition PARTITION = new TopicPartition("genapi.results", 3);
    private static final Object CONSUMER = "a consumer";

    private final ConsumptionProgress progress = new ConsumptionProgress();

    @Test
    void aPartitionThatNobodyHasIsNotDone() {
        assertFalse(done(0));
    }

    @Test
    void whatLiesBeforeTheBeginningIsDone() {
        progress.began(CONSUMER, PARTITION, 7);
        assertTrue(done(7));
        assertFalse(done(8));
    }

    @Test
    void aRecordIsDoneWhenItWasProcessedNotWhenItWasHandedOut() {
        progress.began(CONSUMER, PARTITION, 7);
        progress.polled(CONSUMER, PARTITION, 9, 8);
        assertFalse(done(8));
        progress.processed(PARTITION, 7);
        assertTrue(done(8));
        assertFalse(done(9));
        progress.processed(PARTITION, 8);
        assertTrue(done(9));
    }

    @Test
    void offsetsWithoutARecordAreDoneOnceTheyWereSkipped() {
        progress.polled(CONSUMER, PARTITION, 10, 8);
        progress.processed(PARTITION, 8);
        assertTrue(done(10));
        progress.polled(CONSUMER, PARTITION, 12, -1);
        assertTrue(done(12));
    }

    @Test
    void recordsThatWaitInABufferAreNotDoneByOffsetsSkippedBehindThem() {
        progress.polled(CONSUMER, PARTITION, 9, 8);
        progress.polled(CONSUMER, PARTITION, 12, -1);
        assertFalse(done(9));
    }

    @Test
    void aPartitionThatLeavesIsNotDone() {
        progress.began(CONSUMER, PARTITION, 7);
        progress.retain(CONSUMER, Set.of());
        assertFalse(done(7));
    }

    @Test
    void aConsumerThatLosesAPartitionTakesNothingFromTheOneThatGotIt() {
        progress.began(CONSUMER, PARTITION, 7);
        progress.began("another consumer", PARTITION, 7);
        progress.retain(CONSUMER, Set.of());
        assertTrue(done(7));
    }

    @Test
    void aStepBackMakesWhatWasProcessedUndone() {
        progress.polled(CONSUMER, PARTITION, 9, 8);
        progress.processed(PARTITION, 8);
        progress.polled(CONSUMER, PARTITION, 5, 4);
        assertFalse(done(5));
    }

    @Test
    void aWaitEndsWithTheLastRecord() throws Exception {
        progress.polled(CONSUMER, PARTITION, 9, 8);
        Future<Boolean> wait = CompletableFuture.supplyAsync(() -> done(9, Duration.ofMinutes(5)));
        progress.processed(PARTITION, 8);
        await().until(wait::isDone);
        assertTrue(wait.get());
    }

    @Test
    void tellsOfEachPartitionWhetherItIsDone() throws Exception {
        TopicPartition lagging = new TopicPartition("genapi.results", 4);
        progress.began(CONSUMER, PARTITION, 7);
        progress.began(CONSUMER, lagging, 7);
        assertEquals(
                Set.of(PARTITION), progress.awaitProcessed(Map.of(PARTITION, 7L, lagging, 8L), Duration.ofMillis(1)));
    }

    private boolean done(long end) {
        return done(end, Duration.ZERO);
    }

    private boolean done(long end, Duration patience) {
        try {
            return progress.awaitProcessed(Map.of(PARTITION, end), patience).contains(PARTITION);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
