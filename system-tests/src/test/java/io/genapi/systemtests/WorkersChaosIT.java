package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.workers.Episode;
import io.genapi.chaos.workers.EpisodeReport;
import io.genapi.chaos.workers.WorkersOptions;
import io.genapi.chaos.workers.WorkersScenario;
import io.genapi.chaos.workers.WorkersTable;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The episodes of {@code ./genapi chaos workers}, each of which must keep its promises. */
@SystemTest
@Isolated("it counts what a machine does that has nothing else to do")
final class WorkersChaosIT {

    private static final int JOBS_PER_SECOND = 30;
    private static final String LATENCY = "uniform:min=500ms,max=4s";

    private final Cluster cluster;

    WorkersChaosIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void reset() {
        cluster.simulator().reset();
    }

    private EpisodeReport run(Episode episode) {
        WorkersOptions options =
                new WorkersOptions(3, JOBS_PER_SECOND, LATENCY, Duration.ZERO, Duration.ofSeconds(3), List.of(episode));
        List<EpisodeReport> reports = new WorkersScenario(cluster, options, System.out::println).run();
        System.out.println(WorkersTable.of(reports));
        EpisodeReport report = reports.getFirst();
        assertEquals(List.of(), report.broken());
        assertTrue(report.jobs() >= 6 * JOBS_PER_SECOND, () -> "there were jobs to lose: " + report.jobs());
        return report;
    }

    @Test
    void repeatsNoVendorCallWhenWorkersAreAdded() {
        run(Episode.SCALE_OUT);
    }

    @Test
    void repeatsNoVendorCallWhenWorkersAreTakenAway() {
        assertEquals(List.of(0, 0, 0), run(Episode.SCALE_IN).exitCodes());
    }

    @Test
    void repeatsNoVendorCallWhenEveryWorkerIsRestarted() {
        assertEquals(List.of(0, 0, 0), run(Episode.ROLLING_RESTART).exitCodes());
    }

    @Test
    void repeatsNoMoreThanWasInFlightInAWorkerThatIsKilledAndGoesOnWithItsPartitions() {
        EpisodeReport report = run(Episode.KILL);
        assertTrue(report.inHand() > 0, "calls were in flight in the worker that was killed");
        assertTrue(report.resumed().isPresent(), "Kafka noticed, and its partitions went on elsewhere");
    }

    @Test
    void losesAndDoublesNothingWhenABrokerIsKilledAndComesBack() {
        assertEquals(0, run(Episode.BROKER_CRASH).repeated());
    }
}
