package io.genapi.inflight.poll;

import static io.genapi.inflight.poll.LoopRig.partition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.junit.jupiter.api.Test;

/** Partitions of which other members still have records in hand, and the other side of that. */
class ClaimsTest {

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration AFTER_A_REVIEW = Duration.ofSeconds(10);

    private final LoopRig rig = new LoopRig(10, 10, Optional.of(LEASE));

    @Test
    void leavesAloneWhatAFormerOwnerHasInHandUntilItIsDone() {
        rig.inHandElsewhere = () -> Map.of(partition(0), Set.of(1L));
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        assertEquals(List.of(Set.of(partition(0))), rig.claims);
        assertEquals(List.of(0L, 2L), rig.started);

        rig.doneElsewhere.add(1L);
        rig.pass(Duration.ofSeconds(2));
        rig.step();
        assertEquals(List.of(1L), rig.askedAfterHandOver);
        rig.finish(0, 1);
        rig.stepAndCommit();
        assertEquals(List.of(0L, 2L), rig.started);
        assertEquals(3, rig.kafka.committed(0).offset());
    }

    /** It was set aside there, given up or died with its process. */
    @Test
    void runsWhatNobodyHasInHandAnyMore() {
        rig.inHandElsewhere = () -> Map.of(partition(0), Set.of(0L, 1L, 2L));
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        rig.inHandElsewhere = () -> Map.of(partition(0), Set.of(1L));
        rig.doneElsewhere.add(2L);
        rig.pass(AFTER_A_REVIEW);
        rig.step();
        rig.step();
        assertEquals(List.of(0L), rig.started, "of the others, one is still in hand and one is done");
        assertTrue(rig.askedAfterHandOver.containsAll(List.of(0L, 2L)), "what it may have ended with is asked first");
    }

    @Test
    void waitsForTheLeaseWhereOneOfThemDoesNotSay() {
        rig.inHandElsewhere = () -> Map.of(partition(0), Set.of(1L));
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        rig.inHandElsewhere = Map::of;
        rig.everybodySays = false;
        rig.pass(AFTER_A_REVIEW);
        rig.step();
        rig.everybodySays = true;
        rig.pass(AFTER_A_REVIEW);
        rig.step();
        rig.step();
        assertEquals(List.of(0L), rig.started, "whoever kept silent may be forgotten by now, and still run it");
        rig.pass(LEASE);
        rig.step();
        assertEquals(List.of(0L, 1L), rig.started);
    }

    @Test
    void asksNobodyAgainWhereNothingWasPromised() {
        rig.assign(0);
        rig.write(0, 0);
        rig.step();
        rig.pass(AFTER_A_REVIEW);
        rig.step();
        rig.step();
        assertEquals(1, rig.claims.size());
    }

    @Test
    void runsItWhenTheLeaseIsOverAndItIsStillNotDone() {
        rig.inHandElsewhere = () -> Map.of(partition(0), Set.of(1L));
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        rig.pass(LEASE.minusSeconds(1));
        rig.step();
        assertEquals(List.of(0L), rig.started);
        rig.pass(Duration.ofSeconds(1));
        rig.step();
        assertEquals(List.of(0L, 1L), rig.started);
    }

    /** One that stops has its jobs in hand when it is asked, and gives them up when its grace is over. */
    @Test
    void waitsForWhatWasHandedOverNoLongerThanTheCommitSays() {
        Duration grace = Duration.ofSeconds(2);
        LoopRig stopping = new LoopRig(10, 10, Optional.of(grace));
        stopping.assign(0);
        stopping.write(0, 0, 1);
        stopping.step();
        stopping.assign();
        rig.kafka.commitSync(Map.of(partition(0), stopping.kafka.committed(0)), Duration.ZERO);
        rig.inHandElsewhere = () -> Map.of(partition(0), Set.of(0L, 1L, 2L));
        rig.assign(0);
        rig.write(0, 0, 1, 2);
        rig.step();
        assertEquals(List.of(), rig.started);
        rig.pass(grace);
        rig.step();
        assertEquals(List.of(0L, 1L), rig.started, "the commit knew nothing of the third");
    }

    @Test
    void startsNothingBeforeFormerOwnersHaveAnswered() {
        rig.formerOwnersAnswer = false;
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        assertEquals(List.of(), rig.started);
        rig.inHandElsewhere = () -> Map.of(partition(0), Set.of(0L));
        rig.formerOwnersAnswer();
        rig.step();
        assertEquals(List.of(1L), rig.started);
    }

    @Test
    void goesOnWithoutAnAnswerWhenItsPatienceIsOver() {
        rig.formerOwnersAnswer = false;
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.pass(Claims.PATIENCE);
        rig.step();
        assertEquals(List.of(0L, 1L), rig.started);
    }

    @Test
    void goesOnWhereFormerOwnersCannotBeAsked() {
        rig.inHandElsewhere = () -> {
            throw new IllegalStateException("no network");
        };
        rig.assign(0);
        rig.write(0, 0);
        rig.step();
        assertEquals(List.of(0L), rig.started);
    }

    @Test
    void startsNothingMoreOfAPartitionThatAnotherMemberClaims() {
        rig.kafka.commitFailure = Optional.of(new CommitFailedException("thrown out"));
        rig.assign(0, 1);
        rig.write(0, 0);
        rig.step();
        assertEquals(Map.of(partition(0), Set.of(0L)), rig.cede(0));
        rig.write(0, 1);
        rig.write(1, 5);
        rig.step();
        rig.pass(Duration.ofSeconds(5));
        rig.step();
        assertEquals(List.of(0L, 5L), rig.started);
    }

    @Test
    void goesOnAfterAMistakenClaimAsSoonAsKafkaTakesACommit() {
        rig.assign(0);
        rig.write(0, 0);
        rig.step();
        rig.cede(0);
        rig.write(0, 1);
        rig.step();
        assertEquals(List.of(0L), rig.started);
        rig.stepAndCommit();
        rig.step();
        assertEquals(List.of(0L, 1L), rig.started);
    }

    @Test
    void doesNotTakeACommitThatWasSentBeforeAClaimForAnAnswerToIt() {
        rig.kafka.answers = false;
        rig.assign(0);
        rig.write(0, 0);
        rig.step();
        rig.cede(0);
        rig.kafka.answer();
        rig.write(0, 1);
        rig.step();
        assertEquals(List.of(0L), rig.started);
    }

    @Test
    void goesOnAtOnceWhenAPartitionIsAssignedAnewAfterAClaim() {
        rig.kafka.commitFailure = Optional.of(new CommitFailedException("thrown out"));
        rig.cede(0);
        rig.assign(0);
        rig.write(0, 0);
        rig.step();
        assertEquals(List.of(0L), rig.started);
    }

    @Test
    void tellsWhatHasEndedUntilACommitIsPastIt() {
        rig.kafka.commitFailure = Optional.of(new CommitFailedException("the coordinator is away"));
        rig.assign(0);
        rig.write(0, 0, 1);
        rig.step();
        rig.finish(0);
        rig.step();
        assertEquals(Map.of(partition(0), Set.of(0L, 1L)), rig.cede(0));
        rig.kafka.commitFailure = Optional.empty();
        rig.pass(Duration.ofSeconds(5));
        rig.step();
        rig.step();
        assertEquals(Map.of(partition(0), Set.of(1L)), rig.cede(0));
    }
}
