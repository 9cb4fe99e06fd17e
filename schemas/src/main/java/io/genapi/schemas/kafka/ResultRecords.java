package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.*;

import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.RunId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.Usage;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.job.VendorRequestId;
import io.genapi.schemas.webhook.TraceParent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Jobs' ends as records of {@code genapi.results} and of reply topics. */
public final class ResultRecords {

    private ResultRecords() {}

    /**
     * @param topic {@code genapi.results} or a reply topic
     * @param source the writer, as CloudEvents' {@code source}
     */
    public static ProducerRecord<byte[], byte[]> write(JobResult result, String topic, String source) {
        HeaderWriter headers = new HeaderWriter(
                        EventTypes.JOB_COMPLETED, source, result.id().value(), result.completedAt())
                .correlation(result.correlation())
                .text(REQUEST_ID, result.requestId())
                .text(TENANT, result.tenant())
                .text(STATUS, result.status().wireName())
                .text(HTTP_STATUS, result.httpStatus())
                .text(VENDOR, result.vendor())
                .text(VENDOR_REQUEST_ID, result.vendorRequestId())
                .text(MODEL, result.model())
                .text(ATTEMPTS, result.attempts())
                .text(USAGE_INPUT_TOKENS, result.usage().map(Usage::inputTokens))
                .text(USAGE_OUTPUT_TOKENS, result.usage().map(Usage::outputTokens))
                .text(COST_USD, result.costUsd().map(BigDecimal::toPlainString))
                .text(QUEUED_MS, wholeMillis(result.queued()))
                .text(VENDOR_MS, wholeMillis(result.vendorTime()))
                .text(PREFER, result.audience().awaited() ? RequestRecords.WAIT : RequestRecords.RESPOND_ASYNC)
                .text(API, result.audience().api().map(JobApi::wireName))
                .text(WEBHOOK_ENDPOINT, result.webhookEndpoint())
                .text(RUN, result.published().map(PublishedRun::run))
                .text(DELTAS, result.published().map(PublishedRun::deltas));
        return new ProducerRecord<>(topic, null, result.id().bytes(), result.body(), headers.headers());
    }

    /** The result that a record is; empty where it is none that this version knows. */
    public static Optional<JobResult> read(ConsumerRecord<byte[], byte[]> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        Optional<JobId> id = RequestRecords.keyAsId(record.key());
        Optional<JobStatus> status =
                headers.text(STATUS).flatMap(JobStatus::fromWireName).filter(JobStatus::isTerminal);
        byte @Nullable [] body = record.value();
        boolean known =
                headers.text(CE_TYPE).filter(EventTypes.JOB_COMPLETED::equals).isPresent();
        if (!known || id.isEmpty() || status.isEmpty() || body == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(result(id.get(), status.get(), record, headers, body));
        } catch (InvalidHeaderException | IllegalArgumentException | ArithmeticException invalid) {
            return Optional.empty();
        }
    }

    /** The span that a record was written in, if its writer was traced. */
    public static Optional<TraceParent> traceParent(ConsumerRecord<?, ?> record) {
        return new HeaderReader(record.headers()).text(TRACEPARENT).flatMap(TraceParent::parse);
    }

    private static JobResult result(
            JobId id, JobStatus status, ConsumerRecord<?, ?> record, HeaderReader headers, byte[] body) {
        Instant completedAt = headers.instant(CE_TIME).orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
        return new JobResult(
                id,
                status,
                Math.toIntExact(headers.count(HTTP_STATUS).orElse(status == JobStatus.SUCCEEDED ? 200L : 500L)),
                headers.text(TENANT).map(TenantId::new).orElse(TenantId.DEFAULT),
                headers.correlation().orElseGet(() -> Correlation.of(CorrelationId.of(id.value()))),
                new RequestId(headers.text(REQUEST_ID).orElse(id.value())),
                headers.text(VENDOR).map(VendorName::new),
                headers.text(VENDOR_REQUEST_ID).flatMap(VendorRequestId::in),
                headers.text(MODEL).map(ModelName::new),
                Math.toIntExact(headers.count(ATTEMPTS).orElse(0L)),
                usage(headers),
                headers.text(COST_USD).map(BigDecimal::new),
                Duration.ofMillis(headers.count(QUEUED_MS).orElse(0L)),
                Duration.ofMillis(headers.count(VENDOR_MS).orElse(0L)),
                completedAt,
                new Audience(
                        headers.text(WEBHOOK_ENDPOINT),
                        headers.text(PREFER).filter(RequestRecords.WAIT::equals).isPresent(),
                        headers.text(API).flatMap(JobApi::fromWireName)),
                published(headers),
                body);
    }

    /** Clocks of several machines are compared, so a span can come out negative. */
    private static long wholeMillis(Duration span) {
        return Math.max(0, span.toMillis());
    }

    private static Optional<Usage> usage(HeaderReader headers) {
        Optional<Long> input = headers.count(USAGE_INPUT_TOKENS);
        Optional<Long> output = headers.count(USAGE_OUTPUT_TOKENS);
        return input.isPresent() || output.isPresent()
                ? Optional.of(new Usage(input.orElse(0L), output.orElse(0L)))
                : Optional.empty();
    }

    private static Optional<PublishedRun> published(HeaderReader headers) {
        return headers.text(RUN)
                .map(RunId::new)
                .flatMap(run -> headers.count(DELTAS).map(deltas -> new PublishedRun(run, deltas)));
    }
}
