package io.genapi.chaos.outage;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.kafka.JobEnd;
import io.genapi.chaos.kafka.ResultTail;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.load.JobRecords;
import io.genapi.chaos.outage.OutageEvidence.Run;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.vendor.Simulator;
import io.genapi.chaos.vendor.VendorCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Runs a queue of jobs while both vendors are there, and another one while the first is away for a time. */
public final class OutageScenario {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int JOBS_PER_SECOND_AT_LEAST = 20;
    private static final int WARM_UP = 1_000;

    private final Deployment deployment;
    private final OutageOptions options;
    private final Consumer<String> progress;
    private final Topics topics;

    /** @param progress told what happens, in lines for people */
    public OutageScenario(Deployment deployment, OutageOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
        this.topics = new Topics(deployment.kafka().bootstrapServers());
    }

    /** Runs both queues and returns what was seen. */
    public OutageReport run() {
        away().latency(options.latency());
        there().latency(options.latency());
        String run = Long.toString(System.currentTimeMillis(), 36);
        try (ResultTail results = ResultTail.start(deployment.kafka().bootstrapServers())) {
            // Else the first queue would be slow because everything is new.
            List<QueuedJob> warmUp =
                    QueuedJob.queue("warm-up-" + run + "-", Math.min(WARM_UP, options.jobs()), deployment.partitions());
            var _ = submit(warmUp);
            awaitEnds(warmUp.stream(), results);

            progress.accept("%d jobs while both vendors are there".formatted(options.jobs()));
            List<QueuedJob> quietJobs = QueuedJob.queue("quiet-" + run + "-", options.jobs(), deployment.partitions());
            Instant quietBegin = submit(quietJobs);
            awaitEnds(quietJobs.stream(), results);
            there().forget();

            progress.accept("%s is away (%s)"
                    .formatted(OutageOptions.AWAY, options.kind().option()));
            Instant begun = Instant.now();
            options.kind().begin(deployment, OutageOptions.AWAY);
            List<QueuedJob> jobs = QueuedJob.queue("outage-" + run + "-", options.jobs(), deployment.partitions());
            Instant begin = submit(jobs);
            awaitEnds(jobs.stream().filter(job -> job.vendor().equals(OutageOptions.THERE)), results);
            progress.accept("  the other vendor's jobs have ended");
            Eventually.passed(begun.plus(options.outage()));
            options.kind().end(deployment, OutageOptions.AWAY);
            Instant recovered = Instant.now();
            progress.accept("%s is back".formatted(OutageOptions.AWAY));
            awaitEnds(jobs.stream(), results);
            return OutageReport.of(new OutageEvidence(
                    run(quietJobs, quietBegin, results),
                    run(jobs, begin, results),
                    recovered,
                    parked(),
                    away().mostInFlight(),
                    callsFor("outage-", away()),
                    callsFor("outage-", there())));
        }
    }

    private Simulator away() {
        return deployment.simulator(OutageOptions.AWAY);
    }

    private Simulator there() {
        return deployment.simulator(OutageOptions.THERE);
    }

    /** Returns when it began. */
    private Instant submit(List<QueuedJob> jobs) {
        Instant begin = Instant.now();
        topics.sendAll(jobs.stream().map(OutageScenario::record));
        return begin;
    }

    private static ProducerRecord<byte[], byte[]> record(QueuedJob job) {
        ProducerRecord<byte[], byte[]> record =
                JobRecords.request(job.partition(), job.name(), OutageOptions.modelOf(job.vendor()));
        job.orderingKey().ifPresent(key -> record.headers().add("ordering-key", key.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private void awaitEnds(Stream<QueuedJob> jobs, ResultTail results) {
        List<String> names = jobs.map(QueuedJob::name).toList();
        Duration patience = PATIENCE.plusSeconds(names.size() / JOBS_PER_SECOND_AT_LEAST);
        try {
            Eventually.holds(
                    "all jobs have ended", patience, () -> names.stream().allMatch(results::hasEnded));
        } catch (GivenUpException late) {
            progress.accept("  not all jobs have ended after " + patience.toMinutes() + " min");
        }
    }

    private static Run run(List<QueuedJob> jobs, Instant begin, ResultTail results) {
        Map<String, List<JobEnd>> ends = new HashMap<>();
        jobs.stream()
                .filter(job -> results.hasEnded(job.name()))
                .forEach(job -> ends.put(job.name(), results.ends(job.name())));
        return new Run(jobs, begin, ends);
    }

    private long parked() {
        return topics.names("genapi.parked." + OutageOptions.AWAY).stream()
                .mapToLong(topics::size)
                .sum();
    }

    private static List<VendorCall> callsFor(String prefix, Simulator vendor) {
        return vendor.vendorCalls().stream()
                .filter(call -> call.question().startsWith(prefix))
                .toList();
    }
}
