package io.genapi.worker.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobId;
import io.genapi.worker.Samples;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CancellationsTest {

    private static final JobId JOB = JobId.derive(Samples.NOW, "job");

    private final Cancellations cancellations = new Cancellations(3);

    @Test
    void workThatNobodyCancelsKeepsWhatCameOfIt() throws Exception {
        assertEquals(Optional.of("done"), cancellations.during(JOB, () -> "done"));
    }

    @Test
    void aJobThatIsCancelledBeforeDoesNotBegin() throws Exception {
        cancellations.cancel(JOB);
        assertEquals(Optional.empty(), cancellations.during(JOB, () -> {
            throw new AssertionError("it began");
        }));
    }

    @Test
    void blockedWorkIsInterruptedFromAnotherThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> work = threads.submit(() -> cancellations.during(JOB, () -> {
                begun.countDown();
                never.await();
                return "done";
            }));
            begun.await();
            cancellations.cancel(JOB);
            assertEquals(Optional.empty(), work.get());
        }
    }

    @Test
    void twoThreadsAtTheSameJobAreBothInterruptedAndNeighboursAreNot() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        Work<String> work = () -> {
            begun.countDown();
            release.await();
            return "done";
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> one = threads.submit(() -> cancellations.during(JOB, work));
            Future<Optional<String>> other = threads.submit(() -> cancellations.during(JOB, work));
            Future<Optional<String>> neighbour = threads.submit(() -> cancellations.during(id(1), work));
            begun.await();
            cancellations.cancel(JOB);
            assertEquals(Optional.empty(), one.get());
            assertEquals(Optional.empty(), other.get());
            release.countDown();
            assertEquals(Optional.of("done"), neighbour.get());
        }
    }

    @Test
    void workThatIsDoneWhenTheCancellationComesStandsAndItsThreadIsNotDisturbed() throws Exception {
        Optional<String> result = cancellations.during(JOB, () -> {
            cancellations.cancel(JOB);
            return "done";
        });
        assertEquals(Optional.of("done"), result);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void anInterruptThatIsNoCancellationGoesOn() {
        assertThrows(
                InterruptedException.class,
                () -> cancellations.during(JOB, () -> {
                    throw new InterruptedException("the process stops");
                }));
    }

    @Test
    void whatComesAfterTheWorkIsNeverInterrupted() throws Exception {
        var _ = cancellations.during(JOB, () -> "done");
        cancellations.cancel(JOB);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aBugIsNotTakenForACancellation() {
        assertThrows(
                IllegalStateException.class,
                () -> cancellations.during(JOB, () -> {
                    cancellations.cancel(JOB);
                    throw new IllegalStateException("a bug");
                }));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void cancellingTwiceAndAnUnknownJobIsHarmless() throws Exception {
        cancellations.cancel(id(9));
        Optional<String> result = cancellations.during(JOB, () -> {
            cancellations.cancel(JOB);
            cancellations.cancel(JOB);
            throw new InterruptedException("cancelled");
        });
        assertEquals(Optional.empty(), result);
        assertEquals(2, cancellations.size());
    }

    @Test
    void theNewestAreRememberedAndTheForgottenCounted() throws Exception {
        for (int number = 1; number <= 3; number++) {
            cancellations.cancel(id(number));
        }
        cancellations.cancel(id(1));
        cancellations.cancel(id(4));
        assertEquals(3, cancellations.size());
        assertEquals(1, cancellations.forgotten());
        assertTrue(cancellations.during(id(2), () -> "runs").isPresent());
        assertTrue(cancellations.during(id(1), () -> "runs").isEmpty());
    }

    @Test
    void aJobThatHasEndedIsForgotten() {
        cancellations.cancel(JOB);
        cancellations.ended(JOB);
        assertEquals(0, cancellations.size());
        assertEquals(0, cancellations.forgotten());
    }

    private static JobId id(int number) {
        return JobId.derive(Samples.NOW, "job " + number);
    }
}
