package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.vendor.VendorCall;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs that wait on Kafka for a vendor that is gone, and what is done with them meanwhile. */
@SystemTest
final class ParkedJobsIT {

    private static final String VENDOR = "simulator";
    private static final int JOBS = 12;

    /** Makes a worker this test's own: what it thinks of the vendor in the end is nothing for the tests after it. */
    private static final Map<String, String> OWN = Map.of("genapi.worker.admission.longest-wait", "1s");

    private final Cluster cluster;

    ParkedJobsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void neverCallsForAParkedJobThatWasCancelledAndCallsOnceForThoseBesideIt() {
        List<String> ids = parked("parked-cancelled-");
        List<String> kept = ids.subList(2, JOBS);

        cluster.cancel(ids.get(0));
        Genapi.Outcome command = new Genapi(cluster.directory())
                .run("jobs", "cancel", ids.get(1), "--url", cluster.api().base().toString());
        assertEquals(0, command.exitCode(), command::toString);
        assertEquals("cancelled", cluster.ended(ids.get(1)).jobStatus());
        cluster.restartVendor(VENDOR);

        assertSucceed(kept);
        ids.subList(0, 2)
                .forEach(id -> assertEquals("cancelled", cluster.api().job(id).jobStatus(), "its end is final"));
        assertEquals(questions("parked-cancelled-", 2), called("parked-cancelled-"));
    }

    @Test
    void leavesWhatIsParkedToAnotherWorkerWhenTheOnesThatParkedItStop() {
        List<String> ids = parked("parked-left-");

        stopWorkers();
        cluster.startWorker(OWN);
        cluster.restartVendor(VENDOR);

        assertSucceed(ids);
        assertEquals(questions("parked-left-", 0), called("parked-left-"));
    }

    private List<String> parked(String beginning) {
        stopWorkers();
        cluster.startWorker(OWN);
        cluster.vendor(VENDOR).process().kill();
        List<String> ids = Concurrently.map(JOBS, i -> cluster.api().submit(question(beginning, i))).stream()
                .map(Answer::jobId)
                .toList();
        ids.forEach(id -> Eventually.holds(
                id + " is parked", () -> cluster.api().job(id).jobStatus().equals("parked")));
        return ids;
    }

    private void stopWorkers() {
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
    }

    private void assertSucceed(List<String> ids) {
        cluster.ended(ids).forEach(job -> assertEquals("succeeded", job.jobStatus(), job::toString));
    }

    /** What the vendor was asked since it came back. */
    private List<String> called(String beginning) {
        return cluster.simulator().vendorCalls().stream()
                .map(VendorCall::question)
                .filter(question -> question.startsWith(beginning))
                .sorted()
                .toList();
    }

    private static List<String> questions(String beginning, int from) {
        return IntStream.range(from, JOBS)
                .mapToObj(i -> question(beginning, i))
                .sorted()
                .toList();
    }

    private static String question(String beginning, int number) {
        return beginning + number + "-end";
    }
}
