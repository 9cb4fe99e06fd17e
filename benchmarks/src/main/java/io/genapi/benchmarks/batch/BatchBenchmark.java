package io.genapi.benchmarks.batch;

import io.genapi.benchmarks.probe.Footprint;
import io.genapi.benchmarks.probe.ServiceProbe;
import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.patience.Eventually;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One batch by HTTP, from the upload of its file to the download of its answers. */
public final class BatchBenchmark {

    private static final Set<String> ENDS = Set.of("completed", "failed", "expired", "cancelled");
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /** How often the gateway's memory is looked at, each time with a full collection. */
    private static final int LOOKS = 10;

    private final Deployment deployment;
    private final BatchOptions options;
    private final Consumer<String> progress;
    private final ServiceProbe gateway;
    private int looks;
    private long lastCount = -1;
    private long heapBytes;
    private long residentBytes;

    /** @param progress told what happens, in lines for people */
    public BatchBenchmark(Deployment deployment, BatchOptions options, Consumer<String> progress) {
        this.deployment = deployment;
        this.options = options;
        this.progress = progress;
        this.gateway = new ServiceProbe(deployment.gateways().getFirst());
    }

    /** Measures, and returns the table of what it found. */
    public String run() {
        deployment.simulator().latency(options.latency().notation());
        try (BatchClient client =
                new BatchClient(deployment.gateways().getFirst().address())) {
            return BatchTable.of(
                    options, measure(client, write(deployment.directory().resolve("batch.jsonl"))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path write(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int number = 0; number < options.lines(); number++) {
                writer.write(options.line(number));
                writer.write('\n');
            }
        }
        return file;
    }

    private BatchFigures measure(BatchClient client, Path file) throws IOException {
        Footprint before = gateway.footprint();
        progress.accept("Uploading " + options.fileBytes() + " bytes");
        Instant begun = Instant.now();
        String id = client.upload(file);
        Instant uploaded = Instant.now();
        look();
        Instant asked = Instant.now();
        String batch = client.create(id);
        JsonNode checked = await(client, batch, state -> !state.equals("validating"));
        Instant running = Instant.now();
        progress.accept("It is " + checked.path("status").asString());
        JsonNode ended = await(client, batch, ENDS::contains);
        Instant done = Instant.now();
        long answers = answers(client, ended);
        Instant downloaded = Instant.now();
        return new BatchFigures(
                ended.path("status").asString(),
                Duration.between(begun, uploaded),
                Duration.between(asked, running),
                Duration.between(running, done),
                Duration.between(done, downloaded),
                answers,
                deployment.simulator().total(),
                looks,
                before,
                heapBytes,
                residentBytes);
    }

    private JsonNode await(BatchClient client, String id, Predicate<String> state) {
        JsonNode[] last = new JsonNode[1];
        Eventually.holds("the batch gets on", PATIENCE, () -> {
            last[0] = client.batch(id);
            count(last[0].at("/request_counts/completed").asLong());
            return state.test(last[0].path("status").asString());
        });
        return last[0];
    }

    private void count(long completed) {
        if (completed == lastCount) {
            return;
        }
        looks++;
        if (completed * LOOKS / options.lines() != lastCount * LOOKS / options.lines()) {
            look();
        }
        lastCount = completed;
    }

    private void look() {
        Footprint now = gateway.footprint();
        heapBytes = Math.max(heapBytes, now.heapBytes());
        residentBytes = Math.max(residentBytes, now.residentBytes());
    }

    /** How many requests have a line among the answers. */
    private static long answers(BatchClient client, JsonNode batch) {
        if (!batch.hasNonNull("output_file_id")) {
            return 0;
        }
        try (Stream<String> lines = client.lines(batch.path("output_file_id").asString())) {
            return lines.map(JsonMapper.shared()::readTree)
                    .filter(line -> line.at("/response/status_code").asInt() == 200)
                    .map(line -> line.path("custom_id").asString())
                    .distinct()
                    .count();
        }
    }
}
