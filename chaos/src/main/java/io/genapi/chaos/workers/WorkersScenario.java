package io.genapi.chaos.workers;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.http.JobList;
import io.genapi.chaos.kafka.GroupWatch;
import io.genapi.chaos.kafka.GroupWatch.View;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.kafka.ResultTail;
import io.genapi.chaos.load.JobRecords;
import io.genapi.chaos.load.SteadyLoad;
import io.genapi.chaos.load.Submission;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.vendor.VendorCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the episodes one after the other on one deployment, each under the same steady load. */
public final class WorkersScenario {

    private static final String GROUP = "genapi-workers";

    private final Deployment deployment;
    private final WorkersOptions options;
    private final Consumer<String> progress;

    /**
     * On processes that run.
     *
     * @param progress told what happens, in lines for people
     */
    public WorkersScenario(Deployment deployment, WorkersOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
    }

    /** Runs all episodes and returns what was seen of each. */
    public List<EpisodeReport> run() {
        if (options.warmUp().isPositive()) {
            warmUp();
        }
        return options.episodes().stream().map(this::run).toList();
    }

    private void warmUp() {
        progress.accept("Warming up for " + options.warmUp().toSeconds() + " s");
        deployment.simulator().latency(options.latency());
        String bootstrap = deployment.kafka().bootstrapServers();
        try (ResultTail results = ResultTail.start(bootstrap);
                SteadyLoad load =
                        SteadyLoad.start(bootstrap, deployment.partitions(), options.jobsPerSecond(), "warm-up-")) {
            awaitMore(load, options.warmUp());
            awaitEnds(load.stop(), results);
        }
    }

    private EpisodeReport run(Episode episode) {
        resize(episode.workers());
        deployment.simulator().reset();
        deployment.simulator().latency(options.latency());
        String prefix = episode.option() + "-" + Long.toString(System.currentTimeMillis(), 36) + "-";
        String bootstrap = deployment.kafka().bootstrapServers();
        try (ResultTail results = ResultTail.start(bootstrap);
                GroupWatch group = GroupWatch.start(bootstrap, GROUP, JobRecords.REQUESTS);
                SteadyLoad load =
                        SteadyLoad.start(bootstrap, deployment.partitions(), options.jobsPerSecond(), prefix)) {
            awaitMore(load, options.settled());
            progress.accept("%s (%s)".formatted(episode.option(), episode.what()));
            List<Integer> exitCodes = new ArrayList<>();
            Optional<Evidence.Crash> crash = Optional.empty();
            switch (episode) {
                case QUIET -> {}
                case SCALE_OUT -> resize(4);
                case SCALE_IN -> exitCodes.addAll(resize(1));
                case ROLLING_RESTART -> exitCodes.addAll(restartAll());
                case KILL -> crash = Optional.of(kill(group));
                case BROKER_CRASH -> crashBroker(load);
            }
            awaitMore(load, options.settled());
            List<Submission> submitted = load.stop();
            boolean done = awaitEnds(submitted, results);
            progress.accept("  %d jobs, %s".formatted(submitted.size(), done ? "all ended" : "not all ended"));
            return EpisodeReport.of(evidence(episode, submitted, results, exitCodes, crash));
        }
    }

    private Evidence evidence(
            Episode episode,
            List<Submission> submitted,
            ResultTail results,
            List<Integer> exitCodes,
            Optional<Evidence.Crash> crash) {
        Map<String, List<JobEnd>> ends = new HashMap<>();
        submitted.stream()
                .filter(job -> results.hasEnded(job.name()))
                .forEach(job -> ends.put(job.name(), results.ends(job.name())));
        List<VendorCall> calls = deployment.simulator().vendorCalls().stream()
                .filter(call -> call.question().startsWith(episode.option()))
                .toList();
        return new Evidence(episode, submitted, calls, ends, states(submitted), exitCodes, crash);
    }

    /** The store follows the results; what it says in the end counts. */
    private Map<String, List<String>> states(List<Submission> submitted) {
        try {
            Eventually.holds(
                    "the store lists all results",
                    Duration.ofSeconds(30),
                    () -> JobList.states(deployment.api(), submitted.size()).values().stream()
                            .flatMap(List::stream)
                            .noneMatch(Set.of("queued", "running", "parked")::contains));
        } catch (GivenUpException late) {
            progress.accept("  The store does not list all results");
        }
        return JobList.states(deployment.api(), submitted.size());
    }

    private void awaitMore(SteadyLoad load, Duration time) {
        int enough = load.accepted() + (int) (time.toSeconds() * options.jobsPerSecond());
        Eventually.holds(enough + " jobs are accepted", () -> load.accepted() >= enough);
    }

    private static boolean awaitEnds(List<Submission> submitted, ResultTail results) {
        try {
            Eventually.holds(
                    "every job has its result", () -> submitted.stream().allMatch(job -> results.hasEnded(job.name())));
            return true;
        } catch (GivenUpException late) {
            return false;
        }
    }

    /** Returns the exit codes of those that had to go. */
    private List<Integer> resize(int size) {
        List<ServiceProcess> workers = deployment.workers();
        int tooMany = Math.max(0, workers.size() - size);
        List<Integer> exitCodes = Concurrently.map(
                tooMany, number -> workers.get(number).process().terminate());
        Concurrently.map(size - deployment.workers().size(), _ -> deployment.startWorker());
        return exitCodes;
    }

    private List<Integer> restartAll() {
        List<Integer> exitCodes = new ArrayList<>();
        for (ServiceProcess worker : deployment.workers()) {
            exitCodes.add(worker.process().terminate());
            deployment.startWorker();
        }
        return exitCodes;
    }

    private Evidence.Crash kill(GroupWatch group) {
        View before = group.now();
        Instant at = Instant.now();
        deployment.workers().getFirst().process().kill();
        Instant gone = Instant.now();
        try {
            Eventually.holds("Kafka notices", () -> group.firstDeparture(before).isPresent());
        } catch (GivenUpException unnoticed) {
            progress.accept("  Kafka did not notice the killed worker");
        }
        return new Evidence.Crash(at, gone, group.firstDeparture(before));
    }

    private void crashBroker(SteadyLoad load) {
        deployment.kafka().nodes().getFirst().kill();
        awaitMore(load, options.settled());
        deployment.kafka().restart(0);
    }
}
