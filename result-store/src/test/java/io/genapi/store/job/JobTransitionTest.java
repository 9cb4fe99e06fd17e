package io.genapi.store.job;

import static io.genapi.store.job.Facts.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.VendorName;
import io.genapi.store.job.TransitionDecision.Ignored;
import io.genapi.store.job.TransitionDecision.Reason;
import io.genapi.store.job.TransitionDecision.Updated;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobTransitionTest {

    private static final List<JobFact> WAY = List.of(
            Facts.requested(),
            Facts.started(1, 1, "openai"),
            Facts.attemptFailed(2, 1, "openai", "503 from openai"),
            Facts.started(3, 2, "gemini"),
            Facts.parked(3, 2, "no vendor takes calls"),
            Facts.started(9, 3, "openai"));

    private static final List<JobFact> CANCELLED = List.of(
            Facts.requested(),
            Facts.started(1, 1, "openai"),
            Facts.cancelRequested(4),
            Facts.cancelRequested(3),
            Facts.completed(6, JobStatus.CANCELLED, 41));

    private static final List<JobFact> LIFE = with(WAY, Facts.completed(12, JobStatus.SUCCEEDED, 41));

    @Test
    void aJobGoesFromQueuedOverRunningAndParkedToItsEnd() {
        List<JobStatus> statuses = new ArrayList<>();
        Optional<JobState> state = Optional.empty();
        for (JobFact fact : LIFE) {
            state = Optional.of(after(state, fact));
            statuses.add(state.get().status());
        }
        assertEquals(
                List.of(
                        JobStatus.QUEUED,
                        JobStatus.RUNNING,
                        JobStatus.RUNNING,
                        JobStatus.RUNNING,
                        JobStatus.PARKED,
                        JobStatus.RUNNING,
                        JobStatus.SUCCEEDED),
                statuses);
    }

    @Test
    void allOrdersOfTheFactsOfAWholeLifeEndInTheSameState() {
        assertEquals(Set.of(fold(LIFE)), new HashSet<>(ends(LIFE)));
    }

    @Test
    void allOrdersOfTheFactsOfACancelledLifeEndInTheSameStateAndTheFirstCancellationCounts() {
        assertEquals(Set.of(fold(CANCELLED)), new HashSet<>(ends(CANCELLED)));
        assertEquals(Optional.of(NOON.plusSeconds(3)), fold(CANCELLED).cancelRequestedAt());
    }

    @Test
    void allOrdersOfTheFactsOfAnUnfinishedLifeEndInTheSameState() {
        assertEquals(Set.of(fold(WAY)), new HashSet<>(ends(WAY)));
        assertEquals(JobStatus.RUNNING, fold(WAY).status());
    }

    @Test
    void readingAnyPartOfTheFactsAgainChangesNothing() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            List<JobFact> shuffled = new ArrayList<>(LIFE);
            Collections.shuffle(shuffled, random);
            shuffled.addAll(shuffled.subList(random.nextInt(LIFE.size()), LIFE.size()));
            assertEquals(fold(LIFE), fold(shuffled));
        }
    }

    @Test
    void theFirstEndStaysAndALaterOneIsADuplicate() {
        JobState ended = fold(LIFE);
        TransitionDecision decision =
                JobTransition.apply(Optional.of(ended), Facts.completed(13, JobStatus.FAILED, 57));
        assertEquals(new Ignored(Reason.DUPLICATE_RESULT), decision);
    }

    @Test
    void theSameResultRecordReadAgainIsNoDuplicate() {
        JobState ended = fold(LIFE);
        TransitionDecision decision =
                JobTransition.apply(Optional.of(ended), Facts.completed(12, JobStatus.SUCCEEDED, 41));
        assertEquals(new Ignored(Reason.KNOWN), decision);
    }

    @Test
    void aRequestThatComesAfterItsResultFillsWhatWasMissingAndReopensNothing() {
        JobState resultOnly = fold(List.of(Facts.completed(12, JobStatus.FAILED, 41)));
        assertEquals(Optional.empty(), resultOnly.submission());
        JobState whole = after(Optional.of(resultOnly), Facts.requested());
        assertEquals(JobStatus.FAILED, whole.status());
        assertEquals(Optional.of(Lane.DEFAULT), whole.submission().map(Submission::lane));
        assertEquals(NOON, whole.createdAt());
    }

    @Test
    void lateNewsIsKeptButTheEndsOwnWordsCount() {
        JobState state = fold(List.of(
                Facts.requested(),
                Facts.completed(12, JobStatus.SUCCEEDED, 41),
                Facts.started(1, 1, "gemini"),
                Facts.attemptFailed(2, 9, "gemini", "timed out")));
        assertEquals(JobStatus.SUCCEEDED, state.status());
        assertEquals(Optional.of(NOON.plusMillis(40)), state.startedAt());
        assertEquals(3, state.attempts());
        assertEquals(Optional.of(new VendorName("openai")), state.vendor());
        assertEquals(Optional.of("timed out"), state.progress().trouble().map(Trouble::reason));
    }

    @Test
    void howOftenAJobWasParkedIsKnownInWhicheverOrderTheNewsComes() {
        JobState state = fold(List.of(Facts.parked(5, 2, "again"), Facts.parked(3, 1, "no vendor takes calls")));
        assertEquals(Optional.of(5), state.progress().parkNumber());
        assertEquals(
                Optional.empty(), fold(List.of(Facts.requested())).progress().parkNumber());
    }

    @Test
    void aSecondRequestOfTheSameIdIsTheSameJobAsItWasFirstTold() {
        JobFact.Requested first = Facts.requested();
        JobFact.Requested second = new JobFact.Requested(
                first.origin(),
                Lane.FLEX,
                NOON.plusSeconds(99),
                Optional.empty(),
                NOON,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        JobState state = fold(List.of(first));
        assertEquals(new Ignored(Reason.KNOWN), JobTransition.apply(Optional.of(state), second));
    }

    @Test
    void aDeletionIsKeptWhereverItComesAndTheFirstCounts() {
        List<JobFact> deleted = List.of(
                Facts.requested(),
                Facts.completed(6, JobStatus.SUCCEEDED, 41),
                Facts.resultDeleted(9),
                Facts.resultDeleted(8));
        assertEquals(Set.of(fold(deleted)), new HashSet<>(ends(deleted)));
        assertEquals(Optional.of(NOON.plusSeconds(8)), fold(deleted).deletedAt());
        assertEquals(JobStatus.SUCCEEDED, fold(deleted).status());
    }

    private static List<JobState> ends(List<JobFact> facts) {
        List<JobState> ends = new ArrayList<>();
        permute(new ArrayList<>(facts), 0, ends);
        return ends;
    }

    private static void permute(List<JobFact> facts, int from, List<JobState> ends) {
        if (from == facts.size()) {
            ends.add(fold(facts));
            return;
        }
        for (int at = from; at < facts.size(); at++) {
            Collections.swap(facts, from, at);
            permute(facts, from + 1, ends);
            Collections.swap(facts, from, at);
        }
    }

    private static JobState fold(List<JobFact> facts) {
        Optional<JobState> state = Optional.empty();
        for (JobFact fact : facts) {
            state = Optional.of(after(state, fact));
        }
        return state.orElseThrow();
    }

    private static JobState after(Optional<JobState> state, JobFact fact) {
        return switch (JobTransition.apply(state, fact)) {
            case Updated(JobState updated) -> updated;
            case Ignored _ -> assertInstanceOf(JobState.class, state.orElseThrow());
        };
    }

    private static List<JobFact> with(List<JobFact> facts, JobFact last) {
        List<JobFact> all = new ArrayList<>(facts);
        all.add(last);
        return all;
    }
}
