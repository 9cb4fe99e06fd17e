package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.CancellationRecords;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelJobTest {

    private static final TopicNames TOPICS = TopicNames.STANDARD;

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(data, Map.of("genapi.gateway.lookup-patience", "1s"));
        caller = new Caller(stack.gateway().port());
        Awaitility.await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void anOpenJobIsCancelledInKafkaAndToldAsItStands() throws Exception {
        JobId id = JobId.firstOf(Instant.now());
        stack.store().put(id.value(), JobSamples.running(id));
        HttpResponse<String> response = cancel(id.value());
        assertEquals(202, response.statusCode(), response.body());
        assertEquals("/v1/jobs/" + id, header(response, "Location"));
        assertEquals("1", header(response, "Retry-After"));
        assertEquals("running", Caller.json(response).path("status").asString());

        List<JobEvent> events = read(TOPICS.events(), Stack.PARTITIONS).stream()
                .flatMap(record -> EventRecords.read(record).stream())
                .filter(event -> event.id().equals(id))
                .toList();
        assertEquals(
                List.of(JobEvent.Kind.CANCEL_REQUESTED),
                events.stream().map(JobEvent::kind).toList());
        assertEquals("order-7", events.getFirst().correlation().id().toString());
        assertEquals(
                1,
                read(TOPICS.control(), 1).stream()
                        .flatMap(record -> CancellationRecords.read(record).stream())
                        .filter(cancellation -> cancellation.id().equals(id))
                        .count());
    }

    @Test
    void aJobThatHasEndedIsToldAndNothingIsWritten() throws Exception {
        JobId id = JobId.firstOf(Instant.now().plusSeconds(1));
        stack.store().put(id.value(), JobSamples.cancelled(id));
        HttpResponse<String> response = cancel(id.value());
        assertEquals(200, response.statusCode());
        assertEquals(JobSamples.cancelled(id), response.body());
        assertEquals(
                0,
                read(TOPICS.events(), Stack.PARTITIONS).stream()
                        .filter(record -> new String(record.key(), UTF_8).equals(id.value()))
                        .count());
    }

    @Test
    void anUnknownJobIsA404AndAStoreThatCannotKnowA503() throws Exception {
        for (String unknown : List.of("nonsense", "job_01jzzzzzzzzzzzzzzzzzzzzzzz")) {
            HttpResponse<String> response = cancel(unknown);
            assertEquals(404, response.statusCode());
            assertEquals("job_not_found", error(response).get("code").asString());
        }
        stack.store().beUnsure(Integer.MAX_VALUE);
        try {
            HttpResponse<String> response = cancel("job_01jzzzzzzzzzzzzzzzzzzzzzzz");
            assertEquals(503, response.statusCode());
            assertEquals("store_unavailable", error(response).get("code").asString());
            assertEquals("1", header(response, "Retry-After"));
        } finally {
            stack.store().beUnsure(0);
        }
    }

    @Test
    void theCallThatWaitsForACancelledJobGetsThatError() throws Exception {
        CompletableFuture<HttpResponse<String>> call = caller.sendAsync(caller.chat(body("held", "nonce-1")));
        Awaitility.await().until(() -> stack.worker().held().size() == 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            JobResult cancelled = cancelled(stack.worker().held().getFirst());
            producer.send(ResultRecords.write(cancelled, TOPICS.results(), "/test"))
                    .get();
        }
        HttpResponse<String> response = call.join();
        assertEquals(499, response.statusCode());
        assertEquals("job_cancelled", error(response).get("code").asString());
        assertEquals("false", header(response, "x-should-retry"));
    }

    private static JobResult cancelled(JobRequest job) {
        return new JobResult(
                job.id(),
                JobStatus.CANCELLED,
                JobErrors.CANCELLED_STATUS,
                job.tenant(),
                job.correlation(),
                job.requestId(),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                job.submittedAt(),
                job.audience(),
                JobErrors.cancelled(1).toJson());
    }

    private static HttpResponse<String> cancel(String id) throws Exception {
        return caller.send(caller.request("/v1/jobs/" + id + "/cancel").POST(BodyPublishers.noBody()));
    }

    /** All that lies in a topic now. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
