package io.genapi.store.topology.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.batch.BatchId;
import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.BatchTerms;
import io.genapi.schemas.batch.FileId;
import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.kafka.BatchRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.TraceParent;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.webhook.AttemptPolicy;
import io.genapi.store.webhook.DeliverySchedule;
import io.genapi.store.webhook.EndpointLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndNewsTest {
    private static final JobId JOB = JobId.derive(SimulatedWebhooks.START, "job");
    private static final String RESPONSE = "resp_" + JOB.value().substring(4);

    private SimulatedWebhooks world;

    @BeforeEach
    void start(@TempDir Path directory) {
        world = new SimulatedWebhooks(
                new AttemptPolicy(DeliverySchedule.STANDARD, EndpointLimits.STANDARD, Duration.ofDays(5)), directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "'00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nx: y', false",
        "'', false",
    })
    void theSpanOfAResultGoesWithItsNews(String header, boolean isSpan) {
        EndpointId endpoint = world.endpoint(true);
        ProducerRecord<byte[], byte[]> traced = result(JobStatus.SUCCEEDED, Audience.NONE, "{}");
        traced.headers().add("traceparent", header.getBytes(UTF_8));
        world.pipe(traced);
        WebhookEvent event = world.delivery().event();
        assertEquals(
                isSpan ? Optional.of(header) : Optional.empty(),
                event.traceParent().map(TraceParent::value));
        assertEquals(event, world.telling(endpoint, event).event());
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, job.succeeded",
        "FAILED,    job.failed",
        "CANCELLED, job.cancelled",
        "EXPIRED,   job.expired",
    })
    void theEndOfAJobThatNobodyWaitsForIsNewsForDefaultEndpoints(JobStatus status, String type) {
        EndpointId endpoint = world.endpoint(true);
        world.pipe(result(status, Audience.NONE, "{}"));
        WebhookEvent event = world.delivery().event();
        assertEquals(
                new WebhookEvent(
                        EventId.ofEnd(JOB.value()),
                        SimulatedWebhooks.TENANT,
                        EventType.fromWireName(type).orElseThrow(),
                        SimulatedWebhooks.START,
                        JOB.value(),
                        Optional.empty(),
                        Optional.of(new RecordPlace("genapi.results", 0, 0))),
                event);
        world.pipe(result(JobStatus.FAILED, Audience.NONE, "{}"));
        assertEquals(List.of(), world.deliveries(), "a second end is no news");
        assertEquals(
                1, world.telling(endpoint, event).delivery(Optional.empty()).attempt());
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, stop,           response.completed",
        "SUCCEEDED, tool_calls,     response.completed",
        "SUCCEEDED, length,         response.incomplete",
        "SUCCEEDED, content_filter, response.incomplete",
        "FAILED,    length,         response.failed",
        "EXPIRED,   length,         response.failed",
        "CANCELLED, length,         response.cancelled",
    })
    void theEndOfAResponseIsToldInItsOwnWords(JobStatus status, String reason, String type) {
        world.endpoint(true);
        Audience audience = new Audience(Optional.empty(), false, Optional.of(JobApi.RESPONSES));
        world.pipe(result(status, audience, answer(reason)));
        WebhookEvent event = world.delivery().event();
        assertEquals(type, event.type().wireName());
        assertEquals(RESPONSE, event.subject());
        assertEquals(EventId.ofEnd(RESPONSE), event.id());
    }

    @Test
    void whatSomebodyWaitsForAndLinesOfBatchesAreNoNewsUnlessTheyNameAnEndpoint() {
        EndpointId endpoint = world.endpoint(true);
        Optional<JobApi> line = Optional.of(JobApi.BATCH);
        world.pipe(result(JobStatus.SUCCEEDED, new Audience(Optional.empty(), true, Optional.empty()), "{}"));
        world.pipe(result(JobStatus.SUCCEEDED, new Audience(Optional.empty(), false, line), "{}"));
        world.pipe(
                result(JobStatus.SUCCEEDED, new Audience(Optional.of("we_nonsense"), false, Optional.empty()), "{}"));
        assertEquals(List.of(), world.deliveries());
        assertEquals(1, world.counted("genapi.webhook.ignored", "reason", "endpoint_misnamed"));
        world.pipe(result(JobStatus.SUCCEEDED, new Audience(Optional.of(endpoint.value()), true, line), "{}"));
        assertEquals(Optional.of(endpoint), world.delivery().event().endpoint());
    }

    @Test
    void whereNobodyListensNothingIsNews() {
        world.endpoint(false);
        world.pipe(result(JobStatus.SUCCEEDED, Audience.NONE, "{}"));
        world.endpoint(true);
        assertEquals(0, world.entries());
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, batch.completed",
        "FAILED,    batch.failed",
        "EXPIRED,   batch.expired",
        "CANCELLED, batch.cancelled",
        "CANCELLING,",
        "VALIDATING,",
    })
    void theEndOfABatchIsNews(BatchStatus status, String type) {
        world.endpoint(true);
        BatchId id = BatchId.mint(new Random(1));
        BatchNews news = new BatchNews.Moved(
                id, terms(Optional.empty()), BatchProgress.BEGINNING.moved(status, world.now()), world.now());
        world.pipe(BatchRecords.write(news, "genapi.batches", "/test"));
        world.pipe(BatchRecords.write(news, "genapi.batches", "/test"));
        assertEquals(
                Optional.ofNullable(type),
                world.deliveries().stream()
                        .map(Delivery::event)
                        .map(event -> event.type().wireName())
                        .reduce((_, _) -> "more than one"));
    }

    @Test
    void aBatchThatNamesAnEndpointTellsThatOneAlone() {
        world.endpoint(true);
        EndpointId named = world.endpoint(false);
        BatchNews news = new BatchNews.Moved(
                BatchId.mint(new Random(1)),
                terms(Optional.of(named)),
                BatchProgress.BEGINNING.moved(BatchStatus.COMPLETED, world.now()),
                world.now());
        world.pipe(BatchRecords.write(news, "genapi.batches", "/test"));
        assertEquals(named, world.delivery().endpoint());
    }

    @Test
    void anEndOfLongAgoThatIsWrittenOnceMoreIsNoNews() {
        world.endpoint(true);
        Instant longAgo = world.now().minus(SimulatedWebhooks.RETENTION);
        world.pipe(BatchRecords.write(
                new BatchNews.Moved(
                        BatchId.mint(new Random(1)),
                        terms(Optional.empty()),
                        BatchProgress.BEGINNING.moved(BatchStatus.COMPLETED, longAgo),
                        world.now()),
                "genapi.batches",
                "/test"));
        assertEquals(List.of(), world.deliveries());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{\"choices\":[]}",
                "{\"choices\":[{\"finish_reason\":null}]}",
                "{\"choices\":[{\"message\":{\"finish_reason\":\"length\"}}]}",
                "{\"a\":{\"choices\":[{\"finish_reason\":\"length\"}]}}",
                "{\"choices\":{\"finish_reason\":\"length\"}}",
            })
    void whatTellsNoReasonIsComplete(String body) {
        assertEquals(Optional.empty(), FinishReason.in(body.getBytes(UTF_8)));
    }

    @Test
    void theReasonOfTheFirstChoiceIsFoundWhereverItStands() {
        assertEquals(Optional.of("length"), FinishReason.in(answer("length").getBytes(UTF_8)));
        assertEquals(
                Optional.of("stop"),
                FinishReason.in(
                        ("{\"x\":[{\"finish_reason\":\"length\"}],\"choices\":[{\"message\":{\"content\":\"}]\"},"
                                        + "\"finish_reason\":\"stop\"},{\"finish_reason\":\"length\"}]}")
                                .getBytes(UTF_8)));
    }

    @Test
    void theReasonStaysWhenTheAnswerIsDropped() {
        Audience response = new Audience(Optional.empty(), false, Optional.of(JobApi.RESPONSES));
        ConsumerRecord<byte[], byte[]> slim =
                DroppedAnswer.of(consumed(result(JobStatus.SUCCEEDED, response, answer("length"))));
        assertArrayEquals(new byte[0], slim.value());
        assertEquals(Optional.of("length"), DroppedAnswer.finishReasonOf(slim));
        assertEquals(
                EventType.RESPONSE_INCOMPLETE,
                EndNews.ofResult(slim, new WebhookMetrics(world.meters))
                        .orElseThrow()
                        .type());
        ConsumerRecord<byte[], byte[]> forged = consumed(result(JobStatus.SUCCEEDED, response, answer("stop")));
        forged.headers().add("genapi-store-finish-reason", "length".getBytes(UTF_8));
        assertEquals(Optional.of("stop"), DroppedAnswer.finishReasonOf(DroppedAnswer.of(forged)));
    }

    private static String answer(String finishReason) {
        return "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},"
                + "\"finish_reason\":\"" + finishReason + "\"}],\"usage\":{}}";
    }

    private static ProducerRecord<byte[], byte[]> result(JobStatus status, Audience audience, String body) {
        JobResult result = new JobResult(
                JOB,
                status,
                status == JobStatus.SUCCEEDED ? 200 : 500,
                SimulatedWebhooks.TENANT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("r"),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                SimulatedWebhooks.START,
                audience,
                body.getBytes(UTF_8));
        return ResultRecords.write(result, "genapi.results", "/test");
    }

    private static BatchTerms terms(Optional<EndpointId> endpoint) {
        return new BatchTerms(
                SimulatedWebhooks.TENANT,
                FileId.mint(new Random(2)),
                "/v1/chat/completions",
                "24h",
                Optional.empty(),
                Optional.empty(),
                endpoint,
                SimulatedWebhooks.START,
                SimulatedWebhooks.START.plusSeconds(86_400));
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }
}
