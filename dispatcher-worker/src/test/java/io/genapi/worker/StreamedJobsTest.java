package io.genapi.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.control.Cancellation;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.CancellationRecords;
import io.genapi.schemas.kafka.DeltaRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs that ask for a stream, with a worker as it is deployed, between a real Kafka and the vendor simulator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamedJobsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TEXT = "one two three four five six seven eight nine ten";
    private static final String SAID = "You said: " + TEXT;

    private final VendorSimulator simulator = VendorSimulator.start();
    private final SplittableRandom random = new SplittableRandom(1);
    private EmbeddedKafka kafka;
    private RunningService worker;
    private KafkaProducer<byte[], byte[]> producer;
    private TopicWatch results;
    private TopicWatch deltas;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Path catalog = Files.writeString(directory.resolve("genapi.yaml"), """
                vendors:
                  openai: { base-url: "http://127.0.0.1:%1$d/v1", timeout: 30s }
                  anthropic: { dialect: anthropic, base-url: "http://127.0.0.1:%1$d/v1", timeout: 30s }
                  gemini: { dialect: gemini, base-url: "http://127.0.0.1:%1$d/v1beta", timeout: 30s }
                models:
                  gpt: [{ vendor: openai, model: theirs }]
                  claude: [{ vendor: anthropic, model: theirs }]
                  gemini: [{ vendor: gemini, model: theirs }]
                  mute: [{ vendor: openai, model: theirs, streaming: false }]
                  half-mute:
                    - { vendor: anthropic, model: theirs, streaming: false }
                    - { vendor: openai, model: theirs }
                """.formatted(simulator.port()));
        worker = Workers.start(kafka, 4, catalog, Map.of("genapi.worker.park-after", "100ms"));
        producer = Producers.raw(kafka);
        results = new TopicWatch(kafka.bootstrapServers(), "genapi.results");
        deltas = new TopicWatch(kafka.bootstrapServers(), "genapi.deltas");
    }

    @AfterAll
    void stop() {
        results.close();
        deltas.close();
        producer.close();
        worker.close();
        kafka.close();
        simulator.close();
    }

    @AfterEach
    void forget() {
        simulator.forgetFaults();
        simulator.change(now -> now.withTimePerToken(Duration.ZERO));
    }

    @Test
    void publishesWhatEveryVendorStreamsAndTheWholeOfIt() throws Exception {
        for (String model : List.of("gpt", "claude", "gemini", "half-mute")) {
            JobId id = send(model, "");
            JobResult result = resultOf(id);
            assertEquals(JobStatus.SUCCEEDED, result.status(), () -> new String(result.body(), UTF_8));
            List<JobDelta> pieces = piecesOf(id, result);
            assertEquals(SAID, said(pieces));
            JsonNode completion = JSON.readTree(result.body());
            assertEquals(SAID, completion.at("/choices/0/message/content").stringValue());
            assertEquals(model, completion.path("model").stringValue());
            assertEquals("chat.completion", completion.path("object").stringValue());
            assertTrue(result.usage().orElseThrow().outputTokens() > 0);
            assertTrue(pieces.getLast().last());
            assertEquals(1, pieces.stream().filter(JobDelta::last).count());
            for (JobDelta piece : pieces) {
                JsonNode chunk = JSON.readTree(piece.body());
                assertEquals(model, chunk.path("model").stringValue());
                assertFalse(chunk.has("usage"), "the caller did not ask for it");
                assertFalse(chunk.path("choices").isEmpty());
            }
        }
    }

    @Test
    void tellsTheUsageToThoseWhoAskForIt() throws Exception {
        JobId id = send("gpt", ",\"stream_options\":{\"include_usage\":true}");
        JobResult result = resultOf(id);
        List<JobDelta> pieces = piecesOf(id, result);
        JsonNode last = JSON.readTree(pieces.getLast().body());
        assertTrue(pieces.getLast().last());
        assertTrue(last.path("choices").isEmpty());
        assertEquals(
                result.usage().orElseThrow().outputTokens(),
                last.at("/usage/completion_tokens").longValue());
        assertTrue(JSON.readTree(pieces.getFirst().body()).path("usage").isNull());
    }

    @Test
    void triesAgainUnseenWhatBrokeBeforeTheFirstPiece() throws Exception {
        simulator.failNext(new Fault.CloseAfterHeaders());
        simulator.failNext(new Fault.CloseBeforeHeaders());
        JobId id = send("gpt", "");
        JobResult result = resultOf(id);
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(3, result.attempts());
        assertEquals(SAID, said(piecesOf(id, result)));
    }

    @Test
    void failsWithWhatWasPublishedIfItBreaksInTheMidst() throws Exception {
        simulator.failNext(new Fault.TruncatedBody());
        JobId id = send("gpt", "");
        JobResult result = resultOf(id);
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(502, result.httpStatus());
        assertEquals(
                "stream_interrupted",
                JSON.readTree(result.body()).at("/error/code").stringValue());
        assertEquals(1, result.attempts());
        List<JobDelta> pieces = piecesOf(id, result);
        assertTrue(SAID.startsWith(said(pieces)), said(pieces));
        assertTrue(pieces.stream().noneMatch(JobDelta::last));
    }

    @Test
    void endsAsAnOrdinaryFailureWhatTheVendorRefuses() throws Exception {
        simulator.failNext(new Fault.Status(400));
        JobResult result = resultOf(send("gpt", ""));
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(400, result.httpStatus());
        assertEquals(Optional.empty(), result.published());
    }

    @Test
    void refusesAStreamOfAModelThatDoesNotStream() throws Exception {
        JobResult result = resultOf(send("mute", ""));
        assertEquals(400, result.httpStatus());
        assertEquals("stream", JSON.readTree(result.body()).at("/error/param").stringValue());
    }

    @Test
    void streamsAJobThatWasParked() throws Exception {
        simulator.failNext(new Fault.Status(429, RetryAfter.ofSeconds(1)));
        JobId id = send("gpt", "");
        JobResult result = resultOf(id);
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(2, result.attempts());
        assertEquals(SAID, said(piecesOf(id, result)));
    }

    @Test
    void cutsTheVendorOffWhenTheJobIsCancelledInTheMidst() throws Exception {
        simulator.change(now -> now.withTimePerToken(Duration.ofSeconds(1)));
        JobId id = send("gpt", "");
        await().atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .until(() -> !deltas.of(id).isEmpty());
        producer.send(CancellationRecords.write(new Cancellation(id, Instant.now()), "genapi.control", "/test"))
                .get();
        JobResult result = resultOf(id);
        assertEquals(JobStatus.CANCELLED, result.status());
        assertFalse(piecesOf(id, result).isEmpty());
        await().until(() -> simulator.calls().getLast().abortedByClient());
    }

    private JobId send(String model, String more) throws Exception {
        JobId id = JobId.mint(Instant.now(), random);
        String body = "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
                .formatted(model, TEXT, more);
        producer.send(new ProducerRecord<>("genapi.requests.default", id.bytes(), body.getBytes(UTF_8)))
                .get();
        return id;
    }

    private JobResult resultOf(JobId id) {
        return ResultRecords.read(results.await(id)).orElseThrow();
    }

    /** All of them are in Kafka when the result is. */
    private List<JobDelta> piecesOf(JobId id, JobResult result) {
        long count = result.published().orElseThrow().deltas();
        await().pollInSameThread().until(() -> deltas.of(id).size() >= count);
        List<JobDelta> pieces = deltas.known(id).stream()
                .map(record -> DeltaRecords.read(record).orElseThrow())
                .toList();
        assertEquals(count, pieces.size());
        assertEquals(
                IntStream.range(0, pieces.size()).mapToObj(Long::valueOf).toList(),
                pieces.stream().map(JobDelta::seq).toList());
        assertTrue(pieces.stream()
                .allMatch(piece -> piece.run().equals(result.published().get().run())));
        return pieces;
    }

    private static String said(List<JobDelta> pieces) {
        return pieces.stream()
                .map(piece -> JSON.readTree(piece.body())
                        .at("/choices/0/delta/content")
                        .stringValue(""))
                .collect(Collectors.joining());
    }
}
