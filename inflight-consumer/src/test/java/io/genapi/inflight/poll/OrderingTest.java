package io.genapi.inflight.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.inflight.offset.Lease;
import io.genapi.inflight.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class OrderingTest {

    private static final Optional<Duration> NO_HAND_OVER = Optional.empty();
    private static final Optional<Duration> LEASE = Optional.of(Duration.ofMinutes(2));

    @Test
    void runsRecordsOfOneKeyOneAfterAnotherAndAllOthersBesideThem() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write("A", 0, 1);
        rig.write("B", 2);
        rig.write("A", 3);
        rig.write("b", 4, 5);
        rig.step();
        assertEquals(List.of(0L, 2L, 4L, 5L), rig.started);
        rig.finish(0);
        rig.step();
        assertEquals(List.of(0L, 2L, 4L, 5L, 1L), rig.started);
        rig.finish(4);
        rig.step();
        assertEquals(List.of(0L, 2L, 4L, 5L, 1L, 3L), rig.started);
    }

    @Test
    void letsWaitingRecordsHoldNoPermitAndTheOthersPass() {
        LoopRig rig = new LoopRig(2, 2, NO_HAND_OVER);
        rig.assign(0);
        rig.write("A", LongStream.range(0, 50).toArray());
        rig.write("b", 50);
        rig.step();
        assertEquals(List.of(0L, 50L), rig.started);
        assertEquals(49, rig.metrics.get("inflight.records.waiting").gauge().value());
    }

    @Test
    void stopsReadingAPartitionAloneWhenItsWaitingRecordsAreTooMany() {
        LoopRig rig = new LoopRig(10, 10, 20, NO_HAND_OVER);
        rig.assign(0, 1);
        rig.write("A", LongStream.range(0, 21).toArray());
        rig.write(1, 0);
        rig.step();
        assertEquals(List.of(0), rig.kafka.pausedPartitions());
        rig.write(1, 1);
        rig.step();
        assertEquals(3, rig.inFlight());
        rig.finish(0);
        rig.step();
        assertEquals(List.of(), rig.kafka.pausedPartitions(), "one of the waiting records runs");
    }

    @Test
    void keepsTheOrderWhileARecordIsSetAside() {
        LoopRig rig = new LoopRig(1, 1, NO_HAND_OVER);
        rig.verdicts.put(0L, Verdict.later(Duration.ofMinutes(5)));
        rig.assign(0);
        rig.write("A", 0, 1);
        rig.write("b", 2);
        rig.step();
        rig.finish(0);
        rig.step();
        assertEquals(List.of(0L, 2L), rig.started, "the permit is given back, the place in the order is not");
        rig.finish(1);
        rig.pass(Duration.ofMinutes(5).minusMillis(1));
        rig.step();
        assertEquals(0, rig.inFlight());
        assertEquals(0, rig.kafka.committed(0).offset());
        rig.verdicts.clear();
        rig.pass(Duration.ofMillis(1));
        rig.step();
        rig.finish(2);
        rig.step();
        rig.finish(3);
        rig.stepAndCommit();
        assertEquals(List.of(0L, 2L, 0L, 1L), rig.started);
        assertEquals(3, rig.kafka.committed(0).offset());
    }

    @Test
    void leavesWhatIsSetAsideToTheNextOwnerAtOnce() {
        LoopRig old = new LoopRig(10, 10, LEASE);
        old.verdicts.put(0L, Verdict.later(Duration.ofHours(1)));
        old.assign(0);
        old.write("A", 0, 1);
        old.write("B", 2, 3);
        old.write("c", 4);
        old.step();
        old.finish(0);
        old.step();
        old.assign();
        Lease lease = LoopRig.progress(old.kafka.committed(0)).lease().orElseThrow();
        assertEquals(new Lease(5, Instant.EPOCH.plus(LEASE.get()), List.of(0L, 1L, 3L)), lease);

        LoopRig next = next(old);
        next.write("A", 0, 1);
        next.write("B", 2, 3);
        next.write("c", 4);
        next.step();
        assertEquals(List.of(0L), next.started, "its key is free; that of 3 runs elsewhere, and so does 4");
    }

    @Test
    void startsNoRecordWhileAnEarlierOneOfItsKeyMayRunAtAFormerOwner() {
        LoopRig old = new LoopRig(10, 10, LEASE);
        old.assign(0);
        old.write("A", 0, 1);
        old.step();
        old.assign();

        LoopRig next = next(old);
        next.inHandElsewhere = () -> Map.of(LoopRig.partition(0), Set.of(0L));
        next.write("A", 0, 1, 2);
        next.step();
        next.pass(Duration.ofSeconds(90));
        next.step();
        assertEquals(List.of(), next.started, "asked, and not done yet");
        next.pass(Duration.ofSeconds(30));
        next.step();
        assertEquals(List.of(0L), next.started);
        next.finish(0);
        next.step();
        assertEquals(List.of(0L, 1L), next.started);
    }

    @Test
    void goesOnAsSoonAsTheFormerOwnerIsKnownToBeDone() {
        LoopRig old = new LoopRig(10, 10, LEASE);
        old.assign(0);
        old.write("A", 0, 1);
        old.step();
        old.assign();

        LoopRig next = next(old);
        next.write("A", 0, 1);
        next.step();
        next.pass(Duration.ofSeconds(1));
        next.step();
        assertEquals(List.of(0L), next.askedAfterHandOver);
        next.doneElsewhere.add(0L);
        next.pass(Duration.ofSeconds(2));
        next.step();
        assertEquals(List.of(1L), next.started);
        next.stepAndCommit();
        assertEquals(1, next.kafka.committed(0).offset());
        assertEquals(
                Optional.of(new Lease(2, Instant.EPOCH.plusSeconds(3))),
                LoopRig.progress(next.kafka.committed(0)).lease(),
                "what runs here, and reserved no longer than the commit's own time");
    }

    @Test
    void waitsForARecordThatStillRunsHereSinceAnEarlierAssignment() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write("A", 0);
        rig.step();
        rig.assign();
        // Somebody else ran it too and was done with it.
        rig.kafka.commitSync(
                Map.of(LoopRig.partition(0), new OffsetAndMetadata(1, Optional.empty(), "")), Duration.ZERO);
        rig.assign(0);
        rig.write("A", 1);
        rig.write("b", 2);
        rig.step();
        assertEquals(List.of(0L, 2L), rig.started);
        rig.finish(0);
        rig.step();
        assertEquals(List.of(0L, 2L, 1L), rig.started);
    }

    @Test
    void keepsTheOrderWhenAPartitionComesBackWithItsRecordsRunning() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write("A", 0, 1);
        rig.step();
        rig.assign();
        rig.assign(0);
        rig.write("A", 0, 1);
        rig.step();
        assertEquals(List.of(0L), rig.started);
        rig.finish(0);
        rig.step();
        assertEquals(List.of(0L, 1L), rig.started);
    }

    @Test
    void givesARecordWhoseKeyCannotBeToldToThePoisonHandler() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write("!", 0);
        rig.write("A", 1);
        rig.step();
        rig.finish(0, 1);
        rig.stepAndCommit();
        assertEquals(List.of(0L), rig.poisoned);
        assertEquals(2, rig.kafka.committed(0).offset());
    }

    private static LoopRig next(LoopRig old) {
        LoopRig next = new LoopRig(10, 10, LEASE);
        next.kafka.commitSync(Map.of(LoopRig.partition(0), old.kafka.committed(0)), Duration.ZERO);
        next.assign(0);
        return next;
    }
}
