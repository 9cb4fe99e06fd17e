package io.genapi.benchmarks.worker;

import io.genapi.benchmarks.probe.ServiceProbe;
import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.load.JobRecords;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.vendor.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One worker, a queue of jobs that does not end, and a vendor that takes its time over HTTP. */
public final class WorkerBenchmark {

    private static final String RESULTS = "genapi.results";
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private final Deployment deployment;
    private final WorkerOptions options;
    private final Consumer<String> progress;

    /** @param progress told what happens, in lines for people */
    public WorkerBenchmark(Deployment deployment, WorkerOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
    }

    /** Measures, and returns the table of what it found. */
    public String run() {
        deployment.simulator().latency(options.latency().notation());
        Topics topics = new Topics(deployment.kafka().bootstrapServers());
        ServiceProcess worker = deployment.startWorker(Map.of(
                "genapi.worker.max-in-flight", Integer.toString(options.inFlight()), "genapi.worker.lanes", "default"));
        Instant ready = Instant.now();
        progress.accept(String.format(Locale.ROOT, "Writing %,d jobs", options.jobs()));
        topics.sendAll(IntStream.range(0, options.jobs())
                .mapToObj(job -> JobRecords.request(job % deployment.partitions(), "job-" + job, Api.MODEL)));
        awaitWarmth();
        return WorkerTable.of(options, figures(topics, worker, Duration.between(ready, Instant.now())));
    }

    private void awaitWarmth() {
        Simulator vendor = deployment.simulator();
        Duration patience = WARM_UP.plus(options.latency().mean().multipliedBy(options.warmUp() / options.inFlight()));
        Eventually.holds("the first calls are answered", patience, () -> vendor.succeeded() >= options.warmUp());
    }

    private WorkerFigures figures(Topics topics, ServiceProcess worker, Duration warmUp) {
        ServiceProbe probe = new ServiceProbe(worker);
        progress.accept("Counting for " + options.window().toSeconds() + " s");
        Instant begin = Instant.now();
        long before = topics.size(RESULTS);
        Duration cpuBefore = probe.cpu();
        Eventually.passed(begin.plus(options.window()));
        Instant end = Instant.now();
        long results = topics.size(RESULTS) - before;
        if (before + results >= options.jobs()) {
            progress.accept("The jobs ran out before the time was over; the rate is too low");
        }
        Simulator vendor = deployment.simulator();
        return new WorkerFigures(
                warmUp,
                Duration.between(begin, end),
                results,
                vendor.mostInFlight(),
                vendor.total() - vendor.succeeded() - vendor.inFlight(),
                probe.cpu().minus(cpuBefore),
                probe.footprint());
    }
}
