package io.genapi.benchmarks.lanes;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.load.Asked;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.load.WaitingCallers;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.vendor.Simulator;
import io.genapi.schemas.job.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One worker, callers who wait in the lane priority at an even pace, and by turns a queue without end in another lane. */
public final class LanesBenchmark {

    /** Of callers and of a flood, so that no part is that of processes that are new. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    /** Of each part, before callers are counted. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    /** How many jobs wait, for each permit: enough for two rounds of the latency. */
    private static final int WAITING_PER_PERMIT = 2;

    private final Deployment deployment;
    private final LanesOptions options;
    private final Consumer<String> progress;

    /** @param progress told what happens, in lines for people */
    public LanesBenchmark(Deployment deployment, LanesOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
    }

    /** Measures, and returns the table of what it found. */
    public String run() {
        deployment.startWorker(options.workerSettings());
        progress.accept("Warming up for " + WARM_UP.toSeconds() + " s");
        var _ = run(Flood.DEFAULT, WARM_UP);
        List<LanesFigures> figures = Arrays.stream(Flood.values())
                .map(kind -> {
                    progress.accept("Counting callers for %d s, %s"
                            .formatted(options.time().toSeconds(), kind.title()));
                    return run(kind, options.time());
                })
                .map(LanesFigures::of)
                .toList();
        return LanesTable.of(options, figures);
    }

    private LanesEvidence run(Flood kind, Duration time) {
        Simulator vendor = deployment.simulator();
        vendor.reset();
        vendor.latency(options.latency().notation());
        long before = vendor.total();
        Optional<EndlessQueue> queue = kind.lane().map(lane -> fill(vendor, lane));
        try (WaitingCallers callers = WaitingCallers.start(
                deployment.api(),
                options.callersPerSecond(),
                "urgent-" + Instant.now().toEpochMilli() + "-")) {
            Eventually.passed(Instant.now().plus(SETTLING));
            Instant from = Instant.now();
            Eventually.passed(from.plus(time));
            Instant to = Instant.now();
            List<Asked> asked = callers.stop();
            queue.ifPresent(EndlessQueue::close);
            List<Submission> flood = queue.map(EndlessQueue::accepted).orElse(List.of());
            drain(vendor, before + asked.size() + flood.size());
            return new LanesEvidence(kind, from, to, asked, flood, vendor.vendorCalls());
        } finally {
            queue.ifPresent(EndlessQueue::close);
        }
    }

    private EndlessQueue fill(Simulator vendor, Lane lane) {
        EndlessQueue queue = EndlessQueue.start(
                deployment.kafka().bootstrapServers(),
                lane,
                deployment.partitions(),
                WAITING_PER_PERMIT * options.inFlight(),
                vendor::total);
        int most = options.inFlight() - options.priorityPermits();
        Eventually.holds("the flood has every permit but priority's", () -> vendor.inFlight() >= most);
        return queue;
    }

    /** What is left over would be in the way of the next part. */
    private static void drain(Simulator vendor, long calls) {
        Eventually.holds("all jobs have ended", () -> vendor.total() >= calls && vendor.inFlight() == 0);
    }
}
