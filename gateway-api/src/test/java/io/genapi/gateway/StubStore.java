package io.genapi.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.HeartbeatRecords;
import io.genapi.schemas.kafka.RecordDocument;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A result store that knows what a {@link TestWorker} has answered, and documents that a test puts in. */
final class StubStore implements AutoCloseable {

    private final HttpServer server;
    private final TestWorker worker;
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Set<String> withoutResult = ConcurrentHashMap.newKeySet();
    /** An event that no page of deliveries can come after. */
    static final String FORGOTTEN = "evt_zzzzzzzzzzzzzzzzzzzzzzzzzz";

    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final AtomicInteger unknowns = new AtomicInteger();
    private volatile String tenants = "{}";

    StubStore(TestWorker worker) {
        this.worker = worker;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/store/jobs", this::answer);
        server.createContext("/store/tenants", exchange -> respond(exchange, 200, tenants));
        server.createContext("/store/originals/", this::original);
        server.createContext("/store/requests/", this::request);
        server.createContext("/store/recent-requests", this::recent);
        server.createContext("/store/webhook-deliveries", this::deliveries);
        server.createContext("/store/webhook-endpoints/", this::test);
        server.start();
    }

    /** Tells the gateways that this store lives, for an hour. */
    void announce(String bootstrap) throws Exception {
        Heartbeat heartbeat = new Heartbeat(
                Heartbeat.Service.STORE,
                "store-stub-" + server.getAddress().getPort(),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Instant.now(),
                Instant.now(),
                Duration.ofHours(1),
                false,
                List.of(),
                Optional.empty());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(HeartbeatRecords.write(heartbeat, TopicNames.STANDARD.control()))
                    .get();
        }
    }

    void put(String id, String document) {
        documents.put(id, document);
    }

    /** The job's result is gone from now on. */
    void forgetResult(String id) {
        withoutResult.add(id);
    }

    /** What tenants use, from now on. */
    void putTenants(String uses) {
        tenants = uses;
    }

    /** The next so many questions are answered with "cannot know now". */
    void beUnsure(int questions) {
        unknowns.set(questions);
    }

    /** The paths and queries that were asked for. */
    List<String> questions() {
        return questions;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        questions.add(path);
        if (isUnsure()) {
            respond(
                    exchange,
                    503,
                    "{\"error\":{\"message\":\"\",\"type\":\"\",\"param\":null,\"code\":\"job_state_unknown\"}}");
        } else if (path.startsWith("/store/jobs?")) {
            respond(
                    exchange,
                    200,
                    "{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
        } else {
            String id = exchange.getRequestURI().getPath().substring("/store/jobs/".length());
            String document = documents.getOrDefault(id, documentOf(id, viewer(exchange)));
            if (withoutResult.contains(id)) {
                respond(
                        exchange,
                        410,
                        "{\"error\":{\"message\":\"\",\"type\":\"\",\"param\":null,\"code\":\"job_result_expired\"}}");
            } else {
                respond(exchange, document.isEmpty() ? 404 : 200, document);
            }
        }
    }

    /** Of an event whose id begins with 1 nothing can be said, one that begins with 2 is not known, with 3 not even the path. */
    private void deliveries(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestURI().toString();
        questions.add(question);
        if (question.endsWith("&after=" + FORGOTTEN)) {
            respond(exchange, 410, "{}");
            return;
        }
        String event = exchange.getRequestURI().getPath().substring("/store/webhook-deliveries".length());
        if (!event.isEmpty()) {
            boolean unsure = event.startsWith("/evt_1");
            boolean absent = event.startsWith("/evt_2");
            boolean known = !unsure && !absent && !event.startsWith("/evt_3");
            String not = absent ? "{\"error\":{\"code\":\"webhook_delivery_not_found\"}}" : "{\"status\":404}";
            respond(exchange, known ? 200 : unsure ? 503 : 404, known ? delivery(event.substring(1)) : not);
            return;
        }
        respond(exchange, 200, "{\"object\":\"list\",\"data\":[],\"last_id\":null,\"has_more\":false}");
    }

    /** Whether a receiver answers is for the type of event to say. */
    private void test(HttpExchange exchange) throws IOException {
        questions.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (exchange.getRequestURI().getQuery().contains("type=job.expired")) {
            respond(exchange, 429, "{}");
            return;
        }
        if (exchange.getRequestURI().getQuery().contains("type=job.cancelled")) {
            respond(exchange, 200, unanswered("no_connection", "the broker had no connection free in time"));
            return;
        }
        if (exchange.getRequestURI().getQuery().contains("type=batch.cancelled")) {
            respond(exchange, 200, unanswered("secret_unreadable", "the store has no key for it"));
            return;
        }
        boolean answers = !exchange.getRequestURI().getQuery().contains("type=job.failed");
        respond(
                exchange,
                200,
                answers
                        ? "{\"event_id\":\"evt_0\",\"latency_ms\":7,\"outcome\":\"answered\",\"status\":418,\"head\":\"no\"}"
                        : unanswered("timeout", "too slow"));
    }

    private static String unanswered(String code, String reason) {
        return "{\"event_id\":\"evt_0\",\"latency_ms\":7,\"outcome\":\"unanswered\",\"code\":\"%s\",\"reason\":\"%s\"}"
                .formatted(code, reason);
    }

    private static String delivery(String event) {
        return """
                {"event_id": "%s", "endpoint_id": "we_4f1kg9qs7g0fuvatamf7t7ujj6", "type": "job.failed", "subject": "job_1",
                 "created_at": "2026-01-31T12:00:00Z", "status": "failed", "reason": null, "attempt_count": 0,
                 "moved_at": "2026-01-31T12:00:00Z", "next_attempt_at": null, "attempts": []}""".formatted(event);
    }

    private static Optional<String> viewer(HttpExchange exchange) {
        return Stream.of(exchange.getRequestURI().getQuery().split("&"))
                .filter(parameter -> parameter.startsWith("tenant="))
                .map(parameter -> parameter.substring("tenant=".length()))
                .findFirst();
    }

    private void original(HttpExchange exchange) throws IOException {
        if (isUnsure()) {
            respond(exchange, 503, "{}");
            return;
        }
        String id = exchange.getRequestURI().getPath().substring("/store/originals/".length());
        String document = worker.seen().stream()
                .filter(record -> record.headers().lastHeader("idempotency-key") != null)
                .filter(record -> RequestRecords.idOf(record).value().equals(id))
                .findFirst()
                .map(record -> "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"body_sha256\":\"%s\"}"
                        .formatted(record.topic(), record.partition(), record.offset(), digest(record)))
                .orElse("");
        respond(exchange, document.isEmpty() ? 404 : 200, document);
    }

    private static BodyDigest digest(ConsumerRecord<byte[], byte[]> record) {
        return RequestRecords.digestOf(record);
    }

    private void request(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().substring("/store/requests/".length());
        Optional<ConsumerRecord<byte[], byte[]>> request = worker.seen().stream()
                .filter(record -> RequestRecords.idOf(record).value().equals(id))
                .findFirst();
        respond(
                exchange,
                request.isPresent() ? 200 : 404,
                request.map(record -> new String(RecordDocument.write(record), StandardCharsets.UTF_8))
                        .orElse(""));
    }

    private void recent(HttpExchange exchange) throws IOException {
        Map<String, String> asked = Stream.of(
                        exchange.getRequestURI().getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
        respond(
                exchange,
                200,
                worker.seen().reversed().stream()
                        .filter(record -> digest(record).hex().equals(asked.get("body_sha256")))
                        .filter(record -> RequestRecords.vendorOf(record)
                                .map(VendorName::value)
                                .equals(Optional.ofNullable(asked.get("vendor"))))
                        .filter(record -> RequestRecords.orderOf(record)
                                .map(JobOrder::key)
                                .equals(Optional.ofNullable(asked.get("ordering_key"))))
                        .map(record -> "\"" + RequestRecords.idOf(record) + "\"")
                        .collect(Collectors.joining(",", "{\"jobs\":[", "]}")));
    }

    private boolean isUnsure() {
        return unknowns.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private String documentOf(String id, Optional<String> viewer) {
        return worker.results().stream()
                .filter(result -> result.id().value().equals(id))
                .filter(result ->
                        viewer.isEmpty() || viewer.get().equals(result.tenant().value()))
                .findFirst()
                .map(StubStore::document)
                .or(() -> worker.held().stream()
                        .filter(request -> request.id().value().equals(id))
                        .filter(request -> viewer.isEmpty()
                                || viewer.get().equals(request.tenant().value()))
                        .findFirst()
                        .map(request -> JobSamples.running(request.id())))
                .orElse("");
    }

    private static String document(JobResult result) {
        String body = new String(result.body(), StandardCharsets.UTF_8);
        String end =
                result.status() == JobStatus.SUCCEEDED ? "\"result\":" + body : body.substring(1, body.length() - 1);
        return JobSamples.ended(
                result.id(), result.status(), result.completedAt(), result.attempts(), result.httpStatus(), end);
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
