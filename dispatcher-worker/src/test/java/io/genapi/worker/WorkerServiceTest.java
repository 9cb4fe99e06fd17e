package io.genapi.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.heartbeat.VendorHealthSource;
import io.genapi.runtime.service.RunningService;
import io.genapi.schemas.control.Cancellation;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.kafka.CancellationRecords;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.HeaderNames;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.journal.RecordedCall;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.gemini.GeminiDialect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A worker as it is deployed, between a real Kafka and the vendor simulator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REQUESTS = "genapi.requests.default";
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final VendorSimulator simulator = VendorSimulator.start();
    private final SplittableRandom random = new SplittableRandom(1);
    private EmbeddedKafka kafka;
    private Candidate candidate;
    private RunningService worker;
    private KafkaProducer<byte[], byte[]> producer;
    private TopicWatch results;
    private TopicWatch events;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Path catalog = Files.writeString(
                directory.resolve("genapi.yaml"), """
                vendors:
                  simulator: { base-url: "%s", timeout: 30s }
                  gemini: { dialect: gemini, base-url: "http://127.0.0.1:%d/v1beta", timeout: 30s }
                models:
                  public-name: [{ vendor: simulator, model: vendor-name }]
                  seeing: [{ vendor: gemini, model: theirs }]
                """.formatted(simulator.baseUri(), simulator.port()));
        candidate = CatalogFile.read(catalog, Map.of())
                .candidates(new ModelName("seeing"))
                .getFirst();
        worker = Workers.start(kafka, 4, catalog, Map.of("genapi.worker.images.allow", "127.0.0.1"));
        producer = Producers.raw(kafka);
        results = new TopicWatch(kafka.bootstrapServers(), "genapi.results");
        events = new TopicWatch(kafka.bootstrapServers(), "genapi.events");
    }

    @AfterAll
    void stop() {
        results.close();
        events.close();
        producer.close();
        worker.close();
        kafka.close();
        simulator.close();
    }

    @AfterEach
    void forget() {
        simulator.forgetFaults();
    }

    @Test
    void answersARecordThatHasNothingButAValue() throws Exception {
        RecordMetadata place = send(null, body("nothing but a value"), Map.of());
        JobId derived = RequestRecords.idOf(new ConsumerRecord<>(
                REQUESTS,
                place.partition(),
                place.offset(),
                place.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                new byte[0],
                new RecordHeaders(),
                Optional.empty()));
        JobResult result = resultOf(derived);
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(200, result.httpStatus());
        String body = new String(result.body(), UTF_8);
        assertTrue(body.contains("nothing but a value"), body);
        assertTrue(body.contains("\"model\":\"public-name\""), body);
        assertTrue(result.usage().isPresent());
    }

    @Test
    void echoesTheCorrelationIdByteForByteUnderTheNameItCameWith() throws Exception {
        byte[] correlation = {0, (byte) 0xff, 13, 10, 'x', (byte) 0xc3};
        JobId id = send(body("correlated"), Map.of("kafka_correlationId", correlation));
        ConsumerRecord<byte[], byte[]> record = results.await(id);
        assertArrayEquals(
                correlation, record.headers().lastHeader("correlation-id").value());
        assertArrayEquals(
                correlation, record.headers().lastHeader("kafka_correlationId").value());
    }

    @Test
    void sendsGeminiTheImageThatARequestNamesByItsAddress() throws Exception {
        byte[] png = "\u0089PNG\r\n\u001a\n and more".getBytes(ISO_8859_1);
        HttpServer pictures = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        pictures.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "image/png");
                exchange.sendResponseHeaders(200, png.length);
                exchange.getResponseBody().write(png);
            }
        });
        pictures.start();
        try {
            String body = "{\"model\":\"seeing\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                    + "\"text\":\"what is it?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]}]}";
            String port = ":" + pictures.getAddress().getPort();
            JobResult result = resultOf(send(body.formatted("http://127.0.0.1" + port + "/a.png"), Map.of()));
            assertEquals(JobStatus.SUCCEEDED, result.status(), () -> new String(result.body(), UTF_8));
            assertTrue(result.vendorRequestId().isPresent());
            String inlined = body.formatted(
                    "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
            byte[] expected = new GeminiDialect()
                    .request(Samples.call(candidate, inlined, Duration.ofSeconds(30)))
                    .body();
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(expected));
            assertEquals(
                    List.of(sha256),
                    callsSaying("what is it?").stream()
                            .map(RecordedCall::bodySha256)
                            .toList());

            JobResult refused = resultOf(send(body.formatted("http://127.0.0.2" + port + "/a.png"), Map.of()));
            assertEquals(400, refused.httpStatus());
            String error = new String(refused.body(), UTF_8);
            assertTrue(error.contains("\"param\":\"messages[0].content[1].image_url.url\""), error);
            assertEquals(1, callsSaying("what is it?").size(), "no vendor was asked");
        } finally {
            pictures.stop(0);
        }
    }

    @Test
    void servesTheReplyTopicAndLetsNoMissingOneHoldTheResultUp() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("my.replies", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        try (TopicWatch replies = new TopicWatch(kafka.bootstrapServers(), "my.replies")) {
            JobId replied = send(body("to my.replies"), Map.of(HeaderNames.REPLY_TOPIC, utf8("my.replies")));
            JobId lost = send(body("to nowhere"), Map.of(HeaderNames.REPLY_TOPIC, utf8("not.there")));
            assertArrayEquals(resultOf(replied).body(), replies.await(replied).value());
            assertEquals(JobStatus.SUCCEEDED, resultOf(lost).status());
        }
    }

    @Test
    void triesAgainAfterA500AndTellsSo() throws Exception {
        simulator.failNext(new Fault.Status(500));
        simulator.failNext(new Fault.TruncatedBody());
        simulator.failNext(new Fault.Status(429, RetryAfter.ofMillis(300)));
        JobId id = send(body("tried again"), Map.of());
        JobResult result = resultOf(id);
        assertEquals(JobStatus.SUCCEEDED, result.status());
        assertEquals(4, result.attempts());
        await().pollInSameThread().atMost(PATIENCE).until(() -> kindsOf(id).size() == 4);
        assertEquals(
                List.of(
                        JobEvent.Kind.STARTED,
                        JobEvent.Kind.ATTEMPT_FAILED,
                        JobEvent.Kind.ATTEMPT_FAILED,
                        JobEvent.Kind.ATTEMPT_FAILED),
                kindsOf(id));
        List<RecordedCall> calls = callsSaying("tried again");
        assertTrue(
                !Duration.between(
                                calls.get(2).ended().orElseThrow(), calls.get(3).started())
                        .minusMillis(250)
                        .isNegative(),
                "the vendor was not left alone for as long as it asked");
        assertEquals(
                4,
                Set.copyOf(calls.stream().map(RecordedCall::requestId).toList()).size());
    }

    @Test
    void failsWithTheVendorsOwnWordsWhenTryingAgainIsUseless() throws Exception {
        simulator.failNext(new Fault.Status(401));
        JobResult result = resultOf(send(body("unauthorised"), Map.of()));
        assertEquals(JobStatus.FAILED, result.status());
        assertEquals(401, result.httpStatus());
        assertTrue(new String(result.body(), UTF_8).contains("invalid_api_key"));
    }

    @Test
    void expiresWhatIsPastItsDeadlineWithoutAskingAVendor() throws Exception {
        JobId id = send(
                body("too late"),
                Map.of(HeaderNames.DEADLINE, utf8(Instant.now().minusSeconds(1).toString())));
        JobResult result = resultOf(id);
        assertEquals(JobStatus.EXPIRED, result.status());
        assertEquals(504, result.httpStatus());
        assertEquals(List.of(), callsSaying("too late"));
    }

    @Test
    void aCancellationEndsTheVendorCallOfARunningJob() throws Exception {
        simulator.hold();
        try {
            JobId id = send(body("cancelled while it runs"), Map.of());
            await().pollInSameThread()
                    .atMost(PATIENCE)
                    .until(() -> callsSaying("cancelled while it runs").size() == 1);
            cancel(id);
            JobResult result = resultOf(id);
            assertEquals(JobStatus.CANCELLED, result.status());
            assertEquals(499, result.httpStatus());
            assertEquals(1, result.attempts());
            assertTrue(result.vendor().isPresent());
            await().pollInSameThread()
                    .atMost(PATIENCE)
                    .until(() ->
                            callsSaying("cancelled while it runs").getFirst().abortedByClient());
        } finally {
            simulator.release();
        }
    }

    @Test
    void aJobThatWasCancelledBeforeItWasReadAsksNoVendor() throws Exception {
        JobId id = JobId.mint(Instant.now(), random);
        cancel(id);
        await().pollInSameThread()
                .atMost(PATIENCE)
                .until(() -> worker.part(Cancellations.class).size() > 0);
        RecordMetadata _ = send(id.bytes(), body("cancelled while it waited"), Map.of());
        assertEquals(JobStatus.CANCELLED, resultOf(id).status());
        assertEquals(List.of(), callsSaying("cancelled while it waited"));
    }

    private void cancel(JobId id) throws Exception {
        producer.send(CancellationRecords.write(new Cancellation(id, Instant.now()), "genapi.control", "/test"))
                .get();
    }

    @Test
    void failsAJobWithAWrongHeaderOrBody() throws Exception {
        JobResult header = resultOf(send(body("soon"), Map.of(HeaderNames.DEADLINE, utf8("soon"))));
        assertEquals(400, header.httpStatus());
        assertTrue(new String(header.body(), UTF_8).contains("invalid_header"));
        JobResult body = resultOf(send("no json", Map.of()));
        assertEquals(400, body.httpStatus());
        assertTrue(new String(body.body(), UTF_8).contains("invalid_json"));
    }

    @Test
    void putsWhatIsNoJobToTheDeadLettersAsItCame() throws Exception {
        JobId id = JobId.mint(Instant.now(), random);
        RecordMetadata place = send(
                id.bytes(),
                "from the future",
                Map.of(HeaderNames.CE_TYPE, utf8("genapi.job.requested.v9"), "traceparent", utf8(TRACEPARENT)));
        try (TopicWatch letters = new TopicWatch(kafka.bootstrapServers(), "genapi.dead-letters")) {
            ConsumerRecord<byte[], byte[]> letter = letters.await(id);
            assertEquals("from the future", new String(letter.value(), UTF_8));
            assertEquals("genapi.job.requested.v9", header(letter, HeaderNames.CE_TYPE));
            assertEquals(TRACEPARENT, header(letter, "traceparent"), "a header of ours in place of the caller's");
            assertEquals(Long.toString(place.timestamp()), header(letter, HeaderNames.DEAD_LETTER_TIMESTAMP));
            assertEquals(REQUESTS, header(letter, HeaderNames.DEAD_LETTER_TOPIC));
            assertEquals(Integer.toString(place.partition()), header(letter, HeaderNames.DEAD_LETTER_PARTITION));
            assertEquals(Long.toString(place.offset()), header(letter, HeaderNames.DEAD_LETTER_OFFSET));
            assertTrue(header(letter, HeaderNames.DEAD_LETTER_REASON).contains("genapi.job.requested.v9"));
        }
    }

    @Test
    void goesOnWithTheCallersTrace() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        JobId id = send(body("traced"), Map.of("traceparent", utf8("00-" + trace + "-00f067aa0ba902b7-01")));
        ConsumerRecord<byte[], byte[]> record = results.await(id);
        assertTrue(header(record, "traceparent").contains(trace));
        assertTrue(callsSaying("traced").getFirst().traceparent().orElseThrow().contains(trace));
    }

    @Test
    void worksOnManyJobsAtOnceAndMixesNoneUp() throws Exception {
        Set<JobId> sent = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            JobId id = JobId.mint(Instant.now(), random);
            sent.add(id);
            var _ = producer.send(new ProducerRecord<>(REQUESTS, id.bytes(), utf8(body("nonce " + id))));
        }
        for (JobId id : sent) {
            String answer = new String(resultOf(id).body(), UTF_8);
            assertTrue(answer.contains("nonce " + id), answer);
        }
    }

    @Test
    void isReadyAndTellsWhatItMeasures() throws Exception {
        JobResult _ = resultOf(send(body("measured"), Map.of()));
        assertEquals(200, get("/health/ready").statusCode());
        String metrics = get("/metrics").body();
        assertTrue(
                metrics.contains(
                        "genapi_vendor_request_duration_seconds_count{model=\"public-name\",status_code=\"200\",vendor=\"simulator\"}"),
                metrics);
        assertTrue(metrics.contains("genapi_active_requests"), metrics);
        VendorHealth health = worker.part(VendorHealthSource.class).current().getFirst();
        assertEquals("simulator", health.vendor().value());
        assertTrue(health.lastCheck().isPresent());
    }

    private static String body(String text) {
        return "{\"model\":\"public-name\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    private JobId send(String body, Map<String, byte[]> headers) throws Exception {
        JobId id = JobId.mint(Instant.now(), random);
        RecordMetadata _ = send(id.bytes(), body, headers);
        return id;
    }

    private RecordMetadata send(byte @Nullable [] key, String body, Map<String, byte[]> headers) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(REQUESTS, key, utf8(body));
        headers.forEach(record.headers()::add);
        return producer.send(record).get();
    }

    private JobResult resultOf(JobId id) {
        return ResultRecords.read(results.await(id)).orElseThrow();
    }

    private List<JobEvent.Kind> kindsOf(JobId id) {
        List<JobEvent.Kind> kinds = new ArrayList<>();
        events.of(id)
                .forEach(record ->
                        kinds.add(EventRecords.read(record).orElseThrow().kind()));
        return kinds;
    }

    private List<RecordedCall> callsSaying(String text) {
        return simulator.calls().stream()
                .filter(call -> call.lastUserText().equals(text))
                .toList();
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + worker.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static byte[] utf8(String text) {
        return Samples.utf8(text);
    }
}
