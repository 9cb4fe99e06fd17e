package io.genapi.worker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Parking;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KnownJobsTest {

    private static final JobId JOB = JobId.mint(Instant.EPOCH, new Random(1));
    private static final ConsumerRecord<?, ?> REQUEST = record("genapi.requests.default", 7);
    private static final ConsumerRecord<?, ?> PARKED = record("genapi.parked.north", 20);
    private static final ConsumerRecord<?, ?> REPEATED = record("genapi.parked.north", 25);
    private static final ConsumerRecord<?, ?> PARKED_AGAIN = record("genapi.parked.north", 30);

    private final KnownJobs jobs = new KnownJobs(2);

    @Test
    void aParkedJobRunsOnceHoweverOftenItWasParkedUnderOneNumber() {
        assertRuns(REQUEST, 0);
        jobs.parked(REQUEST, JOB, parking(1));
        assertRuns(PARKED, 1);
        assertIsSkipped(REPEATED, 1);
        jobs.parked(PARKED, JOB, parking(2));
        assertIsSkipped(REPEATED, 1);
        assertRuns(PARKED_AGAIN, 2);
    }

    @Test
    void theSameRecordRunsAgain() {
        assertRuns(PARKED, 1);
        assertRuns(PARKED, 1);
    }

    @Test
    void aRequestThatRunsAgainAfterACrashStandsForWhatItHadParked() {
        assertRuns(REQUEST, 0);
        assertIsSkipped(PARKED, 1);
        jobs.parked(REQUEST, JOB, parking(1));
        assertRuns(REPEATED, 1);
    }

    @Test
    void aRequestAlwaysRuns() {
        assertRuns(PARKED, 1);
        assertRuns(REQUEST, 0);
    }

    @Test
    void remembersWhatAJobThatWasSetAsideHasBeenThrough() {
        assertRuns(REQUEST, 0);
        jobs.setAside(REQUEST, JOB, parking(0));
        assertEquals(Optional.of(parking(0)), jobs.takeUp(REQUEST, JOB, Parking.NONE));
    }

    @Test
    void forgetsTheOldest() {
        assertRuns(PARKED, 1);
        Random random = new Random(2);
        for (int other = 0; other < 2; other++) {
            assertEquals(
                    Optional.of(Parking.NONE), jobs.takeUp(REQUEST, JobId.mint(Instant.EPOCH, random), Parking.NONE));
        }
        assertRuns(REPEATED, 1);
    }

    private void assertRuns(ConsumerRecord<?, ?> record, int number) {
        assertEquals(Optional.of(parking(number)), jobs.takeUp(record, JOB, parking(number)));
    }

    private void assertIsSkipped(ConsumerRecord<?, ?> record, int number) {
        assertEquals(Optional.empty(), jobs.takeUp(record, JOB, parking(number)));
    }

    private static Parking parking(int number) {
        return new Parking(number, 3, 1, Duration.ofSeconds(3), Optional.empty());
    }

    private static ConsumerRecord<?, ?> record(String topic, long offset) {
        return new ConsumerRecord<>(topic, 3, offset, JOB.bytes(), new byte[1]);
    }
}
