package io.genapi.store.query;

import static io.genapi.store.job.Facts.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.store.job.JobState;
import io.genapi.store.job.States;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandingLookupTest {
    private static final int CAUGHT_UP = 1;
    private static final int LAGGING = 2;

    private final Random random = new Random(1);
    private final KnownJobs jobs = new KnownJobs();
    private final StandingLookup lookup = new StandingLookup(jobs, (_, _) -> Set.of(CAUGHT_UP));

    @Test
    void aPartitionThatLagsLeavesNoDoubtAboutTheJobsOfOthers() throws Exception {
        JobState open = put(CAUGHT_UP, States.queued(id()));
        JobState ended = put(CAUGHT_UP, States.ended(id()));
        JobId never = id();
        jobs.putMissing(CAUGHT_UP, never);
        JobState doubtful = put(LAGGING, States.queued(id()));
        JobId perhaps = id();
        jobs.putMissing(LAGGING, perhaps);
        Standings answer = find(open.id(), ended.id(), never, doubtful.id(), perhaps);
        assertEquals(
                List.of(new Standing(open.id(), JobStatus.QUEUED, 0), new Standing(ended.id(), JobStatus.SUCCEEDED, 0)),
                answer.known());
        assertEquals(List.of(doubtful.id(), perhaps), answer.unknown());
    }

    @Test
    void anEndIsCertainAlsoWhereTheTableLags() throws Exception {
        JobState ended = put(LAGGING, States.ended(id()));
        assertEquals(
                new Standings(List.of(new Standing(ended.id(), JobStatus.SUCCEEDED, 0)), List.of()), find(ended.id()));
    }

    @Test
    void thatAJobWasParkedSoOftenAtLeastIsCertainAlsoWhereTheTableLagsButNotThatItHasNotEnded() throws Exception {
        JobState parked = put(LAGGING, States.parked(id(), 3));
        assertEquals(
                new Standings(List.of(new Standing(parked.id(), JobStatus.PARKED, 3)), List.of(parked.id())),
                find(parked.id()));
    }

    @Test
    void whereTheJobItselfIsElsewhereACopyMakesTheSameThingsCertain() throws Exception {
        List<JobState> states = List.of(States.ended(id()), States.parked(id(), 2), States.queued(id()));
        states.forEach(jobs::putCopy);
        JobId[] ids = states.stream().map(JobState::id).toArray(JobId[]::new);
        Standings expected = new Standings(
                List.of(new Standing(ids[0], JobStatus.SUCCEEDED, 0), new Standing(ids[1], JobStatus.PARKED, 2)),
                List.of(ids[1], ids[2]));
        assertEquals(expected, find(ids));
        assertEquals(expected, lookup.findCopies(List.of(ids)));
    }

    private Standings find(JobId... ids) throws InterruptedException {
        return lookup.find(List.of(ids), Duration.ZERO);
    }

    private JobState put(int partition, JobState state) {
        jobs.put(partition, state);
        return state;
    }

    private JobId id() {
        return JobId.mint(NOON, random);
    }
}
