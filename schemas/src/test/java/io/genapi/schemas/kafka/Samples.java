package io.genapi.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.control.CatalogNotice;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.Sighting;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.ResponseEcho;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** One of each thing that the codecs write, full and bare. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456789Z");
    static final JobId ID = JobId.derive(NOW, "sample");
    static final RunId RUN = new RunId("0a1b2c3d");
    static final CorrelationId NOT_UTF_8 = CorrelationId.of(new byte[] {(byte) 0xff, 0, (byte) 0xc3, 'x', (byte) 0x80});
    static final Correlation SPRING = new Correlation(NOT_UTF_8, Optional.of("kafka_correlationId"));
    static final Correlation ZILLA = new Correlation(NOT_UTF_8, Optional.of("zilla:correlation-id"));
    static final byte[] REQUEST_BODY =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüß dich\"}]}".getBytes(UTF_8);
    static final byte[] COMPLETION =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0}]}"
                    .getBytes(UTF_8);
    static final byte[] CHUNK =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{}}]}"
                    .getBytes(UTF_8);
    static final byte[] ERROR =
            ApiError.server(503, "vendor_down", "Try again later.").toJson();

    private Samples() {}

    static JobRequest fullRequest(Lane lane, Correlation correlation) {
        return new JobRequest(
                JobId.ofKey(new TenantId("acme"), "once"),
                lane,
                new TenantId("acme"),
                correlation,
                new RequestId("request-1"),
                NOW,
                Optional.of(NOW.plusSeconds(600)),
                true,
                Optional.of(new VendorName("openai")),
                Optional.of("orders.answers"),
                Optional.of("we_1"),
                Optional.of("once"),
                Optional.of("in order"),
                Optional.of(ID),
                Optional.of(new ResponseEcho("{\"instructions\":\"Grüße\"}")),
                Optional.of(JobApi.RESPONSES),
                Optional.empty(),
                REQUEST_BODY);
    }

    static final ClaimCheck CLAIM = new ClaimCheck(
            "5b0d7a4a6f1a55b97f3c7c1e6a524f0e",
            "claim-019c142c5e00-00000000000000010000000000000002",
            REQUEST_BODY.length,
            BodyDigest.of(REQUEST_BODY));

    /** With its body elsewhere. */
    static JobRequest claimedRequest(Lane lane) {
        return fullRequest(lane, SPRING).checkedIn(CLAIM, new BodyStub(new ModelName("gpt-4o-mini"), true).toJson());
    }

    static JobRequest bareRequest() {
        return new JobRequest(
                ID,
                Lane.DEFAULT,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("request-1"),
                NOW,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                REQUEST_BODY);
    }

    static JobResult fullResult(Correlation correlation) {
        return new JobResult(
                ID,
                JobStatus.SUCCEEDED,
                200,
                new TenantId("acme"),
                correlation,
                new RequestId("request-1"),
                Optional.of(new VendorName("openai")),
                Optional.of(new VendorRequestId("req_2f4c8a1b")),
                Optional.of(new ModelName("gpt-4o-mini")),
                2,
                Optional.of(new Usage(9, 2)),
                Optional.of(new BigDecimal("0.00000255")),
                Duration.ofMillis(120),
                Duration.ofMillis(890),
                NOW,
                new Audience(Optional.of("we_1"), true, Optional.of(JobApi.RESPONSES)),
                Optional.of(new PublishedRun(RUN, 3)),
                COMPLETION);
    }

    static JobResult bareResult(JobStatus status, Duration queued) {
        return new JobResult(
                ID,
                status,
                status == JobStatus.SUCCEEDED ? 200 : 503,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("c")),
                new RequestId("request-1"),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                queued,
                Duration.ZERO,
                NOW,
                Audience.NONE,
                status == JobStatus.SUCCEEDED ? COMPLETION : ERROR);
    }

    static JobDelta delta(long seq, boolean last, Correlation correlation) {
        return new JobDelta(
                ID, new TenantId("acme"), correlation, new RequestId("request-1"), RUN, seq, last, NOW, CHUNK);
    }

    static JobEvent event(JobEvent.Kind kind, Correlation correlation, Optional<String> reason) {
        boolean called = kind == JobEvent.Kind.ATTEMPT_FAILED;
        return new JobEvent(
                ID,
                kind,
                new TenantId("acme"),
                correlation,
                new RequestId("request-1"),
                NOW,
                1,
                called ? Optional.of(new VendorName("openai")) : Optional.empty(),
                called ? Optional.of(new VendorRequestId("req_2f4c8a1b")) : Optional.empty(),
                called ? Optional.of(503) : Optional.empty(),
                reason,
                kind == JobEvent.Kind.PARKED ? Optional.of(2) : Optional.empty());
    }

    static Heartbeat heartbeat(Heartbeat.Service service, boolean stopping, VendorHealth... vendors) {
        return new Heartbeat(
                service,
                "one-of-them",
                URI.create("http://127.0.0.1:8080"),
                NOW.minusSeconds(60),
                NOW,
                Duration.ofSeconds(5),
                stopping,
                List.of(vendors),
                stopping ? Optional.empty() : Optional.of("The vendor catalog has a mistake."),
                service == Heartbeat.Service.WORKER ? Set.of("5b0d7a4a6f1a55b97f3c7c1e6a524f0e") : Set.of());
    }

    static VendorHealth health(VendorHealth.Status status, boolean asked) {
        return new VendorHealth(
                new VendorName(status.name()),
                status,
                asked ? Optional.of(Duration.ofMillis(840)) : Optional.empty(),
                asked ? Optional.of(NOW) : Optional.empty(),
                asked ? 0.25 : 0);
    }

    /** One of each kind. */
    static List<Sighting> sightings() {
        return List.of(
                sighting(new Sighting.Down("a/model: of *", NOW.minusSeconds(9), NOW.plusSeconds(4))),
                sighting(new Sighting.Fails("gpt-4o", NOW.minusSeconds(2), 2)),
                sighting(new Sighting.Up("gpt-4o")),
                sighting(new Sighting.Rests(NOW.plusSeconds(3_600))));
    }

    private static Sighting sighting(Sighting.Finding finding) {
        return new Sighting("worker-1", NOW, new VendorName("north"), "api-key", finding);
    }

    static List<CatalogNotice> catalogNotices() {
        return Stream.of(
                        new CatalogNotice.ReadNow(),
                        new CatalogNotice.Applied(List.of("vendor north removed", "model m added")),
                        new CatalogNotice.Unchanged(),
                        new CatalogNotice.Refused("it names no model"))
                .map(word -> new CatalogNotice("4f0c", "worker-1", NOW, word))
                .toList();
    }

    /** The record as a consumer gets it, at offset 42 of partition 3. */
    static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        return consumed(record.topic(), record.key(), record.value(), record.headers());
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a key and a value may be absent.
    static ConsumerRecord<byte[], byte[]> consumed(
            String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                3,
                42,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    /** Headers of names and values in turn. */
    static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            headers.add(namesAndValues[at], namesAndValues[at + 1].getBytes(UTF_8));
        }
        return headers;
    }
}
