package io.genapi.worker.kafka;

import io.genapi.inflight.PoisonHandler;
import io.genapi.inflight.RecordHandler;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.worker.dispatch.Dispatcher;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes records of the request topics to their ends, each in a span that goes on with the caller's trace. */
public final class JobIntake implements RecordHandler<byte[], byte[]>, PoisonHandler<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);

    /** A result carries its request's headers on; with more than this they might not fit. */
    private static final int MAX_HEADER_BYTES = 1024 * 1024;

    private static final ApiError INTERNAL = ApiError.server(
            500,
            "internal_error",
            "The broker could not process this job; its operator finds the reason in the worker's log. Submit it again"
                    + " later.");

    private final RequestRecords requests;
    private final Dispatcher dispatcher;
    private final DeadLetters deadLetters;
    private final Telemetry telemetry;

    public JobIntake(RequestRecords requests, Dispatcher dispatcher, DeadLetters deadLetters, Telemetry telemetry) {
        this.requests = requests;
        this.dispatcher = dispatcher;
        this.deadLetters = deadLetters;
        this.telemetry = telemetry;
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Span span = startSpan(record);
        try (Scope _ = span.makeCurrent()) {
            switch (read(record)) {
                case RequestReading.Accepted(var job) -> {
                    span.setAttribute("genapi.job.id", job.id().value());
                    dispatcher.dispatch(job);
                }
                case RequestReading.Invalid(var job, var error) -> dispatcher.refuse(job, error);
                case RequestReading.Unreadable(var reason) -> deadLetters.put(record, reason);
            }
        } catch (InterruptedException | RuntimeException | Error failure) {
            span.setStatus(StatusCode.ERROR).recordException(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    /** A bug must not leave a job without an end, nor a partition with a record that never ends. */
    @Override
    public void poison(ConsumerRecord<byte[], byte[]> record, Throwable cause) throws InterruptedException {
        LOG.error("Processing a job failed", cause);
        String reason = "processing failed: " + cause.getClass().getName();
        Optional<JobId> ended = Optional.empty();
        try {
            ended = end(record);
        } catch (RuntimeException | StackOverflowError failure) {
            // It would fail the same way for ever. Memory that is short is another matter: it comes back.
            LOG.error("Ending a job as failed failed too; its record goes to the dead letters without an end", failure);
            reason += ", and so did ending the job: " + failure.getClass().getName();
        }
        deadLetters.put(record, reason, ended);
    }

    /** Ends the job that the record is, as failed; empty where it is none. */
    private Optional<JobId> end(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return switch (read(record)) {
            case RequestReading.Accepted(var job) -> refuse(job);
            case RequestReading.Invalid(var job, var _) -> refuse(job);
            case RequestReading.Unreadable _ -> Optional.empty();
        };
    }

    private Optional<JobId> refuse(JobRequest job) throws InterruptedException {
        dispatcher.refuse(job, INTERNAL);
        return Optional.of(job.id());
    }

    private RequestReading read(ConsumerRecord<byte[], byte[]> record) {
        long headerBytes = StreamSupport.stream(record.headers().spliterator(), false)
                .mapToLong(header -> header.key().length() + (header.value() == null ? 0 : header.value().length))
                .sum();
        return headerBytes <= MAX_HEADER_BYTES
                ? requests.read(record)
                : new RequestReading.Unreadable(
                        "the record's headers have %d bytes; send at most %d".formatted(headerBytes, MAX_HEADER_BYTES));
    }

    /** @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/kafka/">OpenTelemetry's conventions</a> */
    private Span startSpan(ConsumerRecord<?, ?> record) {
        return telemetry
                .tracer()
                .spanBuilder("process " + record.topic())
                .setParent(telemetry.contextOf(record.headers()))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.operation.name", "process")
                .setAttribute("messaging.destination.name", record.topic())
                .setAttribute("messaging.destination.partition.id", Integer.toString(record.partition()))
                .setAttribute("messaging.kafka.offset", record.offset())
                .startSpan();
    }
}
