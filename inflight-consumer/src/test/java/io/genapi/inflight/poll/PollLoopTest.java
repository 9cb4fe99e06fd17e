package io.genapi.inflight.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.offset.Lease;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.OffsetRange;
import io.genapi.inflight.offset.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.junit.jupiter.api.Test;

class PollLoopTest {

    private static final Optional<Duration> NO_HAND_OVER = Optional.empty();
    private static final Optional<Duration> LEASE = Optional.of(Duration.ofMinutes(2));

    @Test
    void commitsTheLowestUnfinishedOffsetWithTheFinishedOnesAbove() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 0, 1, 2, 3);
        rig.step();
        rig.finish(1, 3);
        rig.stepAndCommit();
        assertEquals(0, rig.kafka.committed(0).offset());
        assertEquals(List.of(new OffsetRange(1, 2), new OffsetRange(3, 4)), finished(rig.kafka.committed(0)));
        rig.finish(0, 2);
        rig.stepAndCommit();
        assertEquals(new OffsetAndMetadata(4, Optional.empty(), ""), rig.kafka.committed(0));
    }

    @Test
    void runsNoMoreThanItsBoundsAndPausesOnlyWhatIsFull() {
        LoopRig rig = new LoopRig(5, 3, NO_HAND_OVER);
        rig.assign(0, 1);
        rig.write(0, LongStream.range(0, 10).toArray());
        rig.step();
        assertEquals(3, rig.inFlight());
        assertEquals(List.of(0), rig.kafka.pausedPartitions());
        rig.write(1, 0);
        rig.step();
        assertEquals(4, rig.inFlight());
        rig.write(1, 1, 2);
        rig.step();
        assertEquals(5, rig.inFlight());
        assertEquals(List.of(0, 1), rig.kafka.pausedPartitions());
        rig.finish(0, 1, 2, 3, 4);
        rig.step();
        assertEquals(4, rig.inFlight(), "three of partition 0 and the last of partition 1");
        assertEquals(List.of(0), rig.kafka.pausedPartitions());
    }

    @Test
    void sendsNoCommitWhileOneIsOnItsWay() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.kafka.answers = false;
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        rig.finish(0);
        rig.stepAndCommit();
        int sent = rig.kafka.commits.size();
        rig.finish(1);
        rig.stepAndCommit();
        rig.stepAndCommit();
        assertEquals(sent, rig.kafka.commits.size());
        rig.kafka.answer();
        rig.stepAndCommit();
        assertEquals(sent + 1, rig.kafka.commits.size());
        rig.kafka.answer();
        assertEquals(2, rig.kafka.committed(0).offset());
    }

    @Test
    void commitsAgainWhatKafkaDidNotTake() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.kafka.commitFailure = Optional.of(new RetriableCommitFailedException("coordinator away"));
        rig.write(0, 0);
        rig.step();
        rig.finish(0);
        rig.stepAndCommit();
        rig.kafka.commitFailure = Optional.empty();
        rig.pass(Duration.ofSeconds(1));
        rig.stepAndCommit();
        rig.step();
        assertEquals(1, rig.kafka.committed(0).offset());
    }

    @Test
    void stopsWhenNoCommitWillEverBeTaken() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 0);
        rig.step();
        rig.kafka.commitFailure = Optional.of(new OffsetMetadataTooLarge("over the broker's limit"));
        rig.finish(0);
        assertThrows(OffsetMetadataTooLarge.class, rig::stepAndCommit);
    }

    @Test
    void pollsOnAfterAPassingFailureAndStopsAfterALastingOne() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.kafka.setPollException(new DisconnectException("broker away"));
        rig.write(0, 0);
        rig.step();
        assertEquals(1, rig.inFlight());
        assertEquals(1, rig.slept.size());
        rig.kafka.setPollException(new GroupAuthorizationException("rig"));
        assertThrows(GroupAuthorizationException.class, rig::step);
    }

    @Test
    void skipsWhatTheCommitSaysIsFinished() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        commit(rig, new Progress(2, List.of(new OffsetRange(3, 5)), OptionalInt.empty(), Optional.empty()));
        rig.assign(0);
        rig.write(0, 2, 3, 4, 5);
        rig.step();
        assertEquals(2, rig.inFlight());
        rig.finish(0, 1);
        rig.stepAndCommit();
        assertEquals(6, rig.kafka.committed(0).offset());
        assertEquals(2, rig.metrics.get("inflight.records.skipped").counter().count());
    }

    @Test
    void readsFromTheVeryCommitWhoseMapItHas() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        commit(rig, new Progress(2, List.of(new OffsetRange(3, 4)), OptionalInt.empty(), Optional.empty()));
        rig.assign(0);
        assertEquals(
                2, rig.kafka.position(LoopRig.partition(0)), "where Kafka's consumer stood before was another place");
    }

    @Test
    void takesForeignMetadataForNone() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.kafka.commitSync(
                Map.of(LoopRig.partition(0), new OffsetAndMetadata(2, Optional.empty(), "node-7 was here")),
                Duration.ZERO);
        rig.assign(0);
        rig.write(0, 2, 3);
        rig.step();
        assertEquals(2, rig.inFlight());
    }

    @Test
    void commitsOnRevocationAndLetsNoLateEndTouchTheNextAssignment() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        rig.finish(1);
        rig.assign();
        assertEquals(0, rig.kafka.committed(0).offset());
        assertEquals(List.of(new OffsetRange(1, 2)), finished(rig.kafka.committed(0)));
        // Meanwhile another member finished everything and one more.
        commit(rig, Progress.upTo(4));
        int sent = rig.kafka.commits.size();
        rig.finish(0, 2);
        rig.stepAndCommit();
        rig.assign(0);
        rig.stepAndCommit();
        assertEquals(sent, rig.kafka.commits.size());
        assertEquals(4, rig.kafka.committed(0).offset());
    }

    @Test
    void goesOnWithWhatStillRunsHereWhenAPartitionComesBack() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        rig.assign();
        rig.finish(0);
        rig.step();
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        assertEquals(3, rig.started.size(), "offset 0 has finished and offset 1 still runs");
        rig.finish(1, 2);
        rig.stepAndCommit();
        assertEquals(3, rig.kafka.committed(0).offset());
    }

    @Test
    void leavesWhatWasHandedOverAloneUntilTheLeaseEndsAndThenAsks() {
        LoopRig old = new LoopRig(10, 10, LEASE);
        old.assign(0);
        old.write(0, 0, 1, 2);
        old.step();
        old.finish(1);
        old.assign();

        LoopRig next = new LoopRig(10, 10, LEASE);
        next.kafka.commitSync(Map.of(LoopRig.partition(0), old.kafka.committed(0)), Duration.ZERO);
        next.assign(0);
        next.write(0, 0, 1, 2, 3);
        next.step();
        assertEquals(1, next.inFlight(), "offset 3 alone");
        next.finish(0);
        next.stepAndCommit();
        assertEquals(0, next.kafka.committed(0).offset());
        next.pass(Duration.ofMinutes(2));
        next.step();
        assertEquals(2, next.inFlight());
        next.finish(1, 2);
        next.stepAndCommit();
        assertEquals(List.of(3L, 0L, 2L), next.askedAfterHandOver, "the first one may have been started since");
        assertEquals(4, next.kafka.committed(0).offset());
    }

    @Test
    void asksAtOnceAboutWhatRanWhenItsOwnerDied() {
        LoopRig dead = new LoopRig(10, 10, LEASE);
        dead.assign(0);
        dead.write(0, 0, 1, 2);
        dead.step();
        dead.finish(1);
        dead.stepAndCommit();
        // Whatever ends from here on, its owner cannot tell any more.
        LoopRig next = new LoopRig(10, 10, LEASE);
        next.kafka.commitSync(Map.of(LoopRig.partition(0), dead.kafka.committed(0)), Duration.ZERO);
        next.pass(Duration.ofSeconds(1));
        next.assign(0);
        next.write(0, 0, 1, 2, 3);
        next.step();
        assertEquals(3, next.inFlight(), "nobody is waited for");
        next.finish(0, 1, 2);
        next.stepAndCommit();
        assertEquals(List.of(0L, 2L, 3L), next.askedAfterHandOver, "the last one may have been started since");
        assertEquals(4, next.kafka.committed(0).offset());
    }

    /** More than those it cannot have started and finished between two commits. */
    @Test
    void asksAboutTheFirstRecordsBeyondACommitAlone() {
        LoopRig rig = new LoopRig(200, 200, LEASE);
        commit(rig, Progress.upTo(10));
        rig.assign(0);
        // Of these 150 records, every second offset is none.
        rig.write(0, LongStream.range(5, 155).map(half -> 2 * half).toArray());
        rig.step();
        assertEquals(150, rig.inFlight());
        rig.finish(LongStream.range(0, 150).toArray());
        rig.step();
        assertEquals(LongStream.range(5, 105).map(half -> 2 * half).boxed().toList(), rig.askedAfterHandOver);
    }

    @Test
    void setsARecordAsideWhileItIsNotKnownWhetherItIsDone() {
        LoopRig rig = new LoopRig(10, 10, LEASE);
        commit(rig, Progress.upTo(10));
        rig.assign(0);
        rig.write(0, 10);
        rig.undecided.add(10L);
        rig.step();
        rig.finish(0);
        rig.stepAndCommit();
        assertEquals(0, rig.inFlight());
        assertEquals(List.of(), rig.poisoned);
        assertEquals(10, rig.kafka.committed(0).offset());

        rig.undecided.clear();
        rig.doneElsewhere.add(10L);
        rig.pass(Duration.ofSeconds(1));
        rig.step();
        rig.finish(1);
        rig.stepAndCommit();
        assertEquals(List.of(10L, 10L), rig.askedAfterHandOver);
        assertEquals(11, rig.kafka.committed(0).offset());
    }

    @Test
    void asksAboutNothingWhereNothingWasCommitted() {
        LoopRig rig = new LoopRig(10, 10, LEASE);
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        rig.finish(0, 1);
        rig.step();
        assertEquals(List.of(), rig.askedAfterHandOver);
    }

    @Test
    void asksAlsoAfterALeaseThatEndedBeforeThePartitionCame() {
        LoopRig rig = new LoopRig(10, 10, LEASE);
        Lease ended = new Lease(2, Instant.EPOCH);
        commit(rig, new Progress(0, List.of(), OptionalInt.empty(), Optional.of(ended)));
        rig.pass(Duration.ofDays(1));
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        rig.finish(2);
        rig.stepAndCommit();
        Lease inTurn = new Lease(2, Instant.EPOCH.plus(Duration.ofDays(1)).plusMillis(100));
        assertEquals(
                Optional.of(inTurn), LoopRig.progress(rig.kafka.committed(0)).lease(), "for the owner after this one");
        rig.finish(0, 1);
        rig.stepAndCommit();
        assertEquals(List.of(2L, 0L, 1L), rig.askedAfterHandOver);
        assertEquals(new OffsetAndMetadata(3, Optional.empty(), ""), rig.kafka.committed(0));
    }

    @Test
    void startsAnewWhereTheLogWentBack() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 5, 6, 7);
        rig.step();
        rig.finish(1, 2);
        rig.stepAndCommit();
        rig.kafka.seek(LoopRig.partition(0), 3);
        rig.write(0, 3, 4);
        rig.step();
        assertEquals(5, rig.started.size());
        rig.stepAndCommit();
        assertEquals(3, rig.kafka.committed(0).offset());
        rig.finish(0, 3, 4);
        rig.stepAndCommit();
        assertEquals(5, rig.kafka.committed(0).offset());
    }

    @Test
    void finishesWhatIsBelowWhereTheLogWentBack() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 5, 6, 7, 8);
        rig.step();
        rig.finish(1, 2);
        rig.kafka.seek(LoopRig.partition(0), 7);
        rig.write(0, 7);
        rig.stepAndCommit();
        assertEquals(5, rig.started.size(), "offset 7 again, as it is another record now");
        assertEquals(5, rig.kafka.committed(0).offset(), "which still runs");
        assertEquals(List.of(new OffsetRange(6, 7)), finished(rig.kafka.committed(0)));
        rig.finish(0, 3, 4);
        rig.stepAndCommit();
        assertEquals(8, rig.kafka.committed(0).offset());
    }

    @Test
    void startsNothingMoreWhenItStops() {
        LoopRig rig = new LoopRig(2, 2, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 0, 1, 2, 3);
        rig.step();
        rig.stopIntake();
        rig.finish(0, 1);
        rig.step();
        rig.close();
        assertEquals(2, rig.started.size());
        assertEquals(2, rig.kafka.committed(0).offset());
        assertTrue(rig.kafka.closed());
    }

    @Test
    void showsWhatHoldsTheCommitsBack() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        rig.finish(1, 2);
        rig.pass(Duration.ofSeconds(90));
        rig.step();
        assertEquals(90, rig.metrics.get("inflight.oldest.age").gauge().value());
        assertEquals(3, rig.metrics.get("inflight.window.span").gauge().value());
        assertEquals(1, rig.metrics.get("inflight.records.running").gauge().value());
        assertTrue(rig.metrics.get("inflight.commit.metadata.bytes").gauge().value() > 0);
    }

    @Test
    void takesNoCommitOfAFormerTopicForThePresentOnes() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.topicIds = Map.of(LoopRig.TOPIC, Uuid.randomUuid());
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        rig.finish(0, 1);
        rig.stepAndCommit();
        assertEquals(2, rig.kafka.committed(0).offset());
        rig.assign();
        rig.topicIds = Map.of(LoopRig.TOPIC, Uuid.randomUuid());
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        assertEquals(List.of(0L, 1L, 0L, 1L, 2L), rig.started);
        assertEquals(
                1, rig.metrics.get("inflight.partitions.recreated").counter().count());
    }

    @Test
    void goesOnFromACommitOfTheSameTopic() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.topicIds = Map.of(LoopRig.TOPIC, Uuid.randomUuid());
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        rig.finish(0, 2);
        rig.stepAndCommit();
        rig.assign();
        rig.finish(1);
        rig.assign(0);
        rig.write(0, 1, 2, 3);
        rig.step();
        assertEquals(List.of(0L, 1L, 2L, 3L), rig.started);
    }

    @Test
    void beginsAnewWhenItsTopicIsCreatedAgainWhileItReads() {
        LoopRig rig = new LoopRig(10, 10, NO_HAND_OVER);
        rig.topicIds = Map.of(LoopRig.TOPIC, Uuid.randomUuid());
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        rig.finish(0);
        rig.topicIds = Map.of(LoopRig.TOPIC, Uuid.randomUuid());
        rig.pass(Duration.ofSeconds(5));
        rig.turn();
        rig.write(0, 0, 1, 2);
        rig.step();
        assertEquals(List.of(0L, 1L, 0L, 1L, 2L), rig.started);
        rig.finish(1);
        rig.stepAndCommit();
        assertEquals(0, rig.kafka.committed(0).offset(), "the end of the former topic's record changes nothing");
    }

    private static void commit(LoopRig rig, Progress progress) {
        rig.kafka.commitSync(
                Map.of(
                        LoopRig.partition(0),
                        new OffsetAndMetadata(progress.offset(), Optional.empty(), OffsetMapCodec.encode(progress))),
                Duration.ZERO);
    }

    private static List<OffsetRange> finished(OffsetAndMetadata commit) {
        return LoopRig.progress(commit).finished();
    }
}
