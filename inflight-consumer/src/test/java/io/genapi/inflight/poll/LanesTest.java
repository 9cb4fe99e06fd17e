package io.genapi.inflight.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.lane.Gate;
import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.run.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final TopicPartition SLOW = new TopicPartition("slow", 0);
    private static final TopicPartition QUICK = new TopicPartition("quick", 1);
    private static final Optional<Duration> NO_HAND_OVER = Optional.empty();

    @Test
    void keepsRecordsReadyForALaneThatLentItsShareAndServesItFirst() {
        LoopRig rig = rig(4, Gate.OPEN);
        rig.assign(List.of(SLOW, QUICK));
        rig.write(SLOW, 1, LongStream.range(0, 10).toArray());
        rig.step();
        assertEquals(4, running(rig, "slow"), "with quick's two permits");
        assertEquals(List.of(0), rig.kafka.pausedPartitions(), "quick goes on being read");
        rig.write(QUICK, 1, 0, 1, 2);
        rig.step();
        assertEquals(0, running(rig, "quick"), "nothing is interrupted");
        rig.finish(0);
        rig.step();
        assertEquals(1, running(rig, "quick"));
        rig.finish(1);
        rig.step();
        assertEquals(2, running(rig, "quick"));
        assertEquals(2, running(rig, "slow"));
    }

    @Test
    void stopsALaneAloneWhoseGateIsShut() {
        AtomicInteger room = new AtomicInteger();
        LoopRig rig = rig(4, room::get);
        rig.assign(List.of(SLOW, QUICK));
        rig.write(SLOW, 1, 0, 1, 2);
        rig.write(QUICK, 1, 0, 1);
        rig.step();
        assertEquals(0, running(rig, "slow"));
        assertEquals(2, running(rig, "quick"));
        assertTrue(rig.kafka.pausedPartitions().contains(0));
        room.set(1);
        rig.turn();
        room.set(0);
        rig.step();
        assertTrue(running(rig, "slow") >= 1);
        assertTrue(running(rig, "slow") <= 2, "one for each time that the gate was asked while it was open");
    }

    @Test
    void readsNoMoreOfALaneThatHoldsItsPartOfTheBytes() {
        Lane slow = Lane.of("slow", 0, "slow");
        LoopRig rig = new LoopRig(List.of(slow, Lane.of("quick", 0, "quick")), 100, 100, 100, NO_HAND_OVER);
        rig.assign(List.of(SLOW, new TopicPartition("slow", 2), QUICK));
        rig.write(SLOW, 90, 0, 1);
        rig.step();
        assertEquals(1, running(rig, "slow"), "the other one waits, with 90 bytes");
        assertEquals(List.of(0, 2), rig.kafka.pausedPartitions(), "those of the same lane");
        rig.finish(0);
        rig.step();
        assertEquals(1, running(rig, "slow"));
        assertEquals(List.of(), rig.kafka.pausedPartitions());
    }

    @Test
    void takesAGateThatFailsForShut() {
        LoopRig rig = rig(4, () -> {
            throw new IllegalStateException("gate broken");
        });
        rig.assign(List.of(SLOW, QUICK));
        rig.write(SLOW, 1, 0);
        rig.write(QUICK, 1, 0);
        rig.step();
        assertEquals(0, running(rig, "slow"));
        assertEquals(1, running(rig, "quick"));
    }

    @Test
    void runsNoMoreBytesThanAllowedAndALargerRecordAlone() {
        LoopRig rig = new LoopRig(List.of(Lane.of("slow", 0, "slow")), 100, 100, 100, NO_HAND_OVER);
        rig.assign(List.of(SLOW));
        rig.write(SLOW, 60, 0);
        rig.write(SLOW, 40, 1);
        rig.write(SLOW, 1_000, 2);
        rig.write(SLOW, 1, 3);
        rig.step();
        assertEquals(2, rig.inFlight());
        assertEquals(100, rig.metrics.get("inflight.bytes.running").gauge().value());
        rig.finish(0);
        rig.step();
        assertEquals(1, rig.inFlight());
        rig.finish(1);
        rig.step();
        assertEquals(1, rig.inFlight(), "the large one, alone");
        rig.finish(2);
        rig.step();
        assertEquals(4, rig.started.size());
    }

    /** It waits with no more than its own. */
    @Test
    void countsWhatARecordTakesBesideItsOwnBytesWhileItRuns() {
        LoopRig rig = new LoopRig(List.of(Lane.of("slow", 0, "slow")), 100, 100, 100, NO_HAND_OVER);
        rig.bytesBeside.putAll(Map.of(0L, 50L, 1L, 50L, 2L, -7L));
        rig.verdicts.put(0L, Verdict.later(Duration.ofSeconds(1)));
        rig.assign(List.of(SLOW));
        rig.write(SLOW, 10, 0, 1, 2);
        rig.step();
        assertEquals(1, rig.inFlight());
        assertEquals(60, rig.metrics.get("inflight.bytes.running").gauge().value());
        rig.finish(0);
        rig.step();
        assertEquals(2, rig.inFlight());
        assertEquals(70, rig.metrics.get("inflight.bytes.running").gauge().value());
        rig.finish(1);
        rig.finish(2);
        rig.step();
        assertEquals(0, rig.metrics.get("inflight.bytes.running").gauge().value());
        assertEquals(List.of(), rig.kafka.pausedPartitions());
    }

    @Test
    void letsNoSmallRecordsPassALargeOneForEver() {
        TopicPartition other = new TopicPartition("slow", 1);
        LoopRig rig = new LoopRig(List.of(Lane.of("slow", 0, "slow")), 100, 100, 100, NO_HAND_OVER);
        rig.assign(List.of(SLOW, other));
        rig.write(other, 10, LongStream.range(0, 10).toArray());
        rig.step();
        assertEquals(10, rig.inFlight());
        rig.write(SLOW, 90, 0);
        rig.step();
        rig.write(other, 10, LongStream.range(10, 30).toArray());
        rig.step();
        for (int ended = 0; ended < 9; ended++) {
            rig.finish(ended);
            rig.step();
        }
        assertEquals(2, rig.inFlight(), "one small record, and the large one before the other small ones");
    }

    @Test
    void servesPartitionsInTurnAlsoWithOnePermit() {
        TopicPartition other = new TopicPartition("slow", 1);
        LoopRig rig = new LoopRig(List.of(Lane.of("slow", 0, "slow")), 1, 100, 1_000, NO_HAND_OVER);
        rig.assign(List.of(SLOW, other));
        rig.write(SLOW, 1, LongStream.range(0, 10).toArray());
        rig.write(other, 2, LongStream.range(0, 10).toArray());
        for (int ended = 0; ended < 8; ended++) {
            rig.step();
            rig.finish(ended);
        }
        long first = rig.sizesRun.getFirst();
        assertEquals(
                LongStream.range(0, 8)
                        .map(turn -> turn % 2 == 0 ? first : 3 - first)
                        .boxed()
                        .toList(),
                rig.sizesRun);
    }

    /** Two of so many permits are slow's own, and two quick's; both lend. */
    private static LoopRig rig(int permits, Gate slow) {
        return new LoopRig(
                List.of(Lane.of("slow", 2, "slow").withGate(slow), Lane.of("quick", 2, "quick")),
                permits,
                100,
                Long.MAX_VALUE,
                NO_HAND_OVER);
    }

    private static int running(LoopRig rig, String lane) {
        return (int) rig.metrics
                .get("inflight.lane.running")
                .tag("lane", lane)
                .gauge()
                .value();
    }
}
