package io.genapi.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records as gateways and workers write them. */
public final class Samples {
    private static final TopicNames NAMES = TopicNames.STANDARD;
    private static final String SOURCE = "/genapi/test/1";
    private final Instant now;
    private final Random random = new Random(42);

    public Samples(Instant now) {
        this.now = now;
    }

    public JobId id() {
        return JobId.mint(now, random);
    }

    public JobId idAt(Instant instant) {
        return JobId.mint(instant, random);
    }

    public ProducerRecord<byte[], byte[]> request(JobId id, Lane lane) {
        return request(id, lane, now.plusSeconds(600));
    }

    public ProducerRecord<byte[], byte[]> request(JobId id, Lane lane, Instant deadline) {
        return request(id, lane, deadline, TenantId.DEFAULT, Optional.empty(), 1);
    }

    public ProducerRecord<byte[], byte[]> request(JobId id, TenantId tenant) {
        return request(id, Lane.DEFAULT, now.plusSeconds(600), tenant, Optional.empty(), 1);
    }

    /** @param partitions how many each request topic has */
    public ProducerRecord<byte[], byte[]> orderedRequest(JobId id, Lane lane, String orderingKey, int partitions) {
        return request(id, lane, now.plusSeconds(600), TenantId.DEFAULT, Optional.of(orderingKey), partitions);
    }

    /** The only one whose body is another than that of all others. */
    public ProducerRecord<byte[], byte[]> keyedRequest(String idempotencyKey, Lane lane, String body) {
        ProducerRecord<byte[], byte[]> request = request(JobId.ofKey(TenantId.DEFAULT, idempotencyKey), lane);
        request.headers().add("idempotency-key", idempotencyKey.getBytes(UTF_8));
        return new ProducerRecord<>(
                request.topic(), null, null, request.key(), body.getBytes(UTF_8), request.headers());
    }

    private ProducerRecord<byte[], byte[]> request(
            JobId id, Lane lane, Instant deadline, TenantId tenant, Optional<String> orderingKey, int partitions) {
        JobRequest request = new JobRequest(
                id,
                lane,
                tenant,
                correlation(id),
                new RequestId("request of " + id),
                now,
                Optional.of(deadline),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                orderingKey,
                "{\"model\":\"gpt-4o\",\"messages\":[]}".getBytes(UTF_8));
        return new RequestRecords(NAMES).write(request, SOURCE, partitions);
    }

    public ProducerRecord<byte[], byte[]> started(JobId id) {
        return event(id, JobEvent.Kind.STARTED, now.plusMillis(40), 1, Optional.of(new VendorName("openai")));
    }

    public ProducerRecord<byte[], byte[]> cancelRequested(JobId id) {
        return event(id, JobEvent.Kind.CANCEL_REQUESTED, now, 0, Optional.empty());
    }

    public ProducerRecord<byte[], byte[]> resultDeleted(JobId id) {
        return event(id, JobEvent.Kind.RESULT_DELETED, now, 0, Optional.empty());
    }

    private static ProducerRecord<byte[], byte[]> event(
            JobId id, JobEvent.Kind kind, Instant at, int attempt, Optional<VendorName> vendor) {
        JobEvent event = new JobEvent(
                id,
                kind,
                TenantId.DEFAULT,
                correlation(id),
                new RequestId("request of " + id),
                at,
                attempt,
                vendor,
                Optional.empty(),
                Optional.empty());
        return EventRecords.write(event, NAMES.events(), SOURCE);
    }

    public ProducerRecord<byte[], byte[]> succeeded(JobId id, String body) {
        return result(id, JobStatus.SUCCEEDED, body);
    }

    public ProducerRecord<byte[], byte[]> failed(JobId id, String body) {
        return result(id, JobStatus.FAILED, body);
    }

    private ProducerRecord<byte[], byte[]> result(JobId id, JobStatus status, String body) {
        JobResult result = new JobResult(
                id,
                status,
                status == JobStatus.SUCCEEDED ? 200 : 502,
                TenantId.DEFAULT,
                correlation(id),
                new RequestId("request of " + id),
                Optional.of(new VendorName("openai")),
                Optional.of(new ModelName("gpt-4o")),
                1,
                Optional.of(new Usage(3, 4)),
                Optional.of(new BigDecimal("0.000120")),
                Duration.ofMillis(40),
                Duration.ofMillis(1500),
                now.plusSeconds(2),
                Audience.NONE,
                body.getBytes(UTF_8));
        return ResultRecords.write(result, NAMES.results(), SOURCE);
    }

    private static Correlation correlation(JobId id) {
        return Correlation.of(CorrelationId.of("correlation of " + id));
    }
}
