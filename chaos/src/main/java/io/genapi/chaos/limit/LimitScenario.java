package io.genapi.chaos.limit;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.load.JobRecords;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.vendor.Simulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Gives a vendor that allows so many requests a minute twice the jobs, and looks at how many calls it gets. */
public final class LimitScenario {

    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Deployment deployment;
    private final String vendor;
    private final int perMinute;
    private final Duration measured;
    private final Consumer<String> progress;

    /**
     * Leaves the deployment with jobs that nobody waits for.
     *
     * @param vendor that is to have the limit
     * @param measured how long to look, once things have settled
     * @param progress told what happens, in lines for people
     */
    public LimitScenario(
            Deployment deployment, String vendor, int perMinute, Duration measured, Consumer<String> progress) {
        this.deployment = deployment;
        this.vendor = vendor;
        this.perMinute = perMinute;
        this.measured = measured;
        this.progress = progress;
    }

    /** Returns what was seen. */
    public LimitReport run() {
        Simulator limited = deployment.simulator(vendor);
        limited.change("{\"requests_per_minute\":%d}".formatted(perMinute));
        String prefix = "limit-" + Long.toString(System.currentTimeMillis(), 36) + "-";
        int jobs = (int) (2 * perMinute * (SETTLING.plus(measured).toSeconds() / 60.0));
        progress.accept("%s allows %d requests a minute, and has %d to do".formatted(vendor, perMinute, jobs));
        new Topics(deployment.kafka().bootstrapServers())
                .sendAll(IntStream.range(0, jobs).mapToObj(number -> job(prefix, number)));
        Instant from = Instant.now().plus(SETTLING);
        Instant to = from.plus(measured);
        Eventually.passed(to);
        return LimitReport.of(
                perMinute,
                from,
                to,
                limited.vendorCalls().stream()
                        .filter(call -> call.question().startsWith(prefix))
                        .toList());
    }

    private ProducerRecord<byte[], byte[]> job(String prefix, int number) {
        ProducerRecord<byte[], byte[]> record =
                JobRecords.request(number % deployment.partitions(), prefix + number, Api.MODEL);
        record.headers().add("vendor", vendor.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
