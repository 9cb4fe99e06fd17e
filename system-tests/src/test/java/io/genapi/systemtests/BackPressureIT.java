package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.http.Answer;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.Program;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.SystemTest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More and larger jobs than a worker's heap could hold. */
@SystemTest
final class BackPressureIT {

    private static final int JOBS = 60;

    /** Of base64, so that Kafka cannot make less of it than three quarters. */
    private static final int CHARACTERS = 8 << 20;

    private static final int MEGABYTES_AT_ONCE = 40;

    /** One more body than the limit has room for may have been let in. */
    private static final int MOST_AT_ONCE = MEGABYTES_AT_ONCE / 8;

    private final Deployment broker = new Deployment(
            Checkout.installation(),
            Checkout.emptyDirectory("back-pressure"),
            Layout.simulated(1, 4, 1, 0, 1, List.of("--journal", "1000")));

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void takesNoMoreBodiesThanItMayHoldAndWorksThemAllOff() {
        assertTrue((long) JOBS * CHARACTERS > (long) Program.WORKER.heapMegabytes() << 20, "they do not fit its heap");
        ServiceProcess worker =
                broker.startWorker(Map.of("genapi.worker.max-bytes-in-flight", MEGABYTES_AT_ONCE + "MB"));
        broker.simulator().hold();
        List<String> ids = IntStream.range(0, JOBS)
                .mapToObj(BackPressureIT::question)
                .map(this::accepted)
                .toList();

        Eventually.holds(
                "the vendor has what the worker may hold",
                () -> broker.simulator().inFlight() >= MOST_AT_ONCE - 1);
        int atOnce = broker.simulator().inFlight();
        assertTrue(atOnce <= MOST_AT_ONCE, () -> atOnce + " bodies at once");

        broker.simulator().release();
        ids.forEach(id -> Eventually.holds(
                id + " succeeds", () -> broker.api().job(id, 20).jobStatus().equals("succeeded")));
        assertEquals(JOBS, broker.simulator().callsAbout("back-pressure-").size());
        assertTrue(worker.process().isAlive());
        assertFalse(worker.process().log().contains("OutOfMemoryError"));
    }

    private String accepted(String question) {
        Answer answer = broker.api().submit(question);
        assertEquals(202, answer.status(), answer::toString);
        return answer.jobId();
    }

    private static String question(int number) {
        byte[] noise = new byte[CHARACTERS / 4 * 3];
        new SplittableRandom(number).nextBytes(noise);
        return "back-pressure-" + number + "-" + Base64.getEncoder().encodeToString(noise);
    }
}
