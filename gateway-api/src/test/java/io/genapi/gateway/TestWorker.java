package io.genapi.gateway;

import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.HeartbeatRecords;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Answers every job with the nonce of its own body, as a worker would. Jobs of the model {@code held} wait for
 * {@link #release()}, of one idempotency key only the first is worked on, those of {@code failing} end with a vendor's 429, those of {@code absent} with a 404 of no vendor.
 */
final class TestWorker implements AutoCloseable {

    private static final Pattern NONCE = Pattern.compile("nonce-[0-9a-z-]+");
    private static final TopicNames TOPICS = TopicNames.STANDARD;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final RequestRecords records = new RequestRecords(TOPICS);
    private final List<ConsumerRecord<byte[], byte[]>> seen = new CopyOnWriteArrayList<>();
    private final List<JobRequest> held = new CopyOnWriteArrayList<>();
    private final List<JobResult> results = new CopyOnWriteArrayList<>();
    private final Set<JobId> keyed = new HashSet<>();
    private final AtomicBoolean released = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    TestWorker(String bootstrap, int partitions) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest", "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        consumer.assign(List.of(Lane.values()).stream()
                .flatMap(lane -> java.util.stream.IntStream.range(0, partitions)
                        .mapToObj(number -> new TopicPartition(TOPICS.requests(lane), number)))
                .toList());
        thread = Thread.ofPlatform().name("test-worker").daemon().start(this::run);
    }

    /** Tells the gateways for an hour that this worker lives and reads the place. */
    void announce(String place) throws Exception {
        Heartbeat heartbeat = new Heartbeat(
                Heartbeat.Service.WORKER,
                "worker-test",
                URI.create("http://127.0.0.1:1"),
                Instant.now(),
                Instant.now(),
                Duration.ofHours(1),
                false,
                List.of(),
                Optional.empty(),
                Set.of(place));
        producer.send(HeartbeatRecords.write(heartbeat, TOPICS.control())).get();
    }

    /** The records of all jobs so far. */
    List<ConsumerRecord<byte[], byte[]>> seen() {
        return seen;
    }

    /** The jobs that wait for {@link #release()}. */
    List<JobRequest> held() {
        return held;
    }

    /** The ends of all jobs so far. */
    List<JobResult> results() {
        return results;
    }

    void release() {
        released.set(true);
    }

    private void run() {
        try (consumer;
                producer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    seen.add(record);
                    if (records.read(record) instanceof RequestReading.Accepted(JobRequest request)) {
                        take(request, record);
                    }
                }
                if (released.compareAndSet(true, false)) {
                    held.forEach(request -> answer(request, Optional.empty()));
                    held.clear();
                }
            }
        } catch (WakeupException woken) {
            closed = true;
        }
    }

    private void take(JobRequest request, ConsumerRecord<byte[], byte[]> record) {
        if (request.idempotencyKey().isPresent() && !keyed.add(request.id())) {
            return;
        }
        if (text(request).contains("\"held\"")) {
            held.add(request);
        } else {
            answer(request, Optional.of(record));
        }
    }

    private void answer(JobRequest request, Optional<ConsumerRecord<byte[], byte[]>> cause) {
        JobResult result = result(request);
        results.add(result);
        ProducerRecord<byte[], byte[]> answer = ResultRecords.write(result, TOPICS.results(), "/test/worker");
        cause.map(record -> record.headers().lastHeader("traceparent"))
                .ifPresent(traceparent -> answer.headers().add(traceparent));
        var _ = producer.send(answer);
    }

    private static JobResult result(JobRequest request) {
        String body = text(request);
        if (body.contains("\"failing\"")) {
            return result(request, JobStatus.FAILED, 429, 1, error("slow down", "rate_limit_error", "rate_limited"));
        }
        if (body.contains("\"absent\"")) {
            return result(
                    request,
                    JobStatus.FAILED,
                    404,
                    0,
                    error("no such model", "invalid_request_error", "model_not_found"));
        }
        Matcher nonce = NONCE.matcher(body);
        return result(request, JobStatus.SUCCEEDED, 200, 1, """
                {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini","choices":[{"index":0,\
                "message":{"role":"assistant","content":"%s","refusal":null},"logprobs":null,"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""".formatted(nonce.find() ? nonce.group() : "none"));
    }

    private static String error(String message, String type, String code) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
                .formatted(message, type, code);
    }

    private static JobResult result(JobRequest request, JobStatus status, int httpStatus, int attempts, String body) {
        return new JobResult(
                request.id(),
                status,
                httpStatus,
                request.tenant(),
                request.correlation(),
                request.requestId(),
                attempts > 0 ? Optional.of(new VendorName("simulator")) : Optional.empty(),
                Optional.of(new ModelName("gpt-4o-mini")),
                attempts,
                status == JobStatus.SUCCEEDED ? Optional.of(new Usage(1, 2)) : Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                request.submittedAt().plusMillis(3),
                request.audience(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(JobRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
