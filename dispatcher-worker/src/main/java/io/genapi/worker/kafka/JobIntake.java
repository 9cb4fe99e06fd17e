package io.genapi.worker.kafka;

import io.genapi.inflight.DeferringHandler;
import io.genapi.inflight.PoisonHandler;
import io.genapi.inflight.run.UndecidedException;
import io.genapi.inflight.run.Verdict;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.kafka.ParkedRecords;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.dispatch.Dispatched;
import io.genapi.worker.dispatch.Dispatcher;
import io.genapi.worker.original.OriginalCheck;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records of the request topics and of the parked ones to their ends, each in a span that goes on with the
 * caller's trace.
 */
public final class JobIntake implements DeferringHandler<byte[], byte[]>, PoisonHandler<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);

    /** A result carries its request's headers on; with more than this they might not fit. */
    private static final int MAX_HEADER_BYTES = 1024 * 1024;

    private static final ApiError INTERNAL = ApiError.server(
            500,
            "internal_error",
            "The broker could not process this job; its operator finds the reason in the worker's log. Submit it again"
                    + " later.");

    /** Jobs that were taken up last; some 200 bytes each. */
    private static final int KNOWN_JOBS = 50_000;

    /** Before a job is parked once more where Kafka did not take it. */
    private static final Duration PARK_AGAIN_AFTER = Duration.ofSeconds(5);

    private final TopicNames topics;
    private final RequestRecords requests;
    private final Dispatcher dispatcher;
    private final ParkedJobs parkedJobs;
    private final DeadLetters deadLetters;
    private final OncePerKey oncePerKey;
    private final Telemetry telemetry;
    private final KnownJobs known = new KnownJobs(KNOWN_JOBS);

    public JobIntake(
            TopicNames topics,
            Dispatcher dispatcher,
            ParkedJobs parkedJobs,
            DeadLetters deadLetters,
            OriginalCheck originals,
            Telemetry telemetry,
            InstantSource clock) {
        this.topics = topics;
        this.requests = new RequestRecords(topics);
        this.dispatcher = dispatcher;
        this.parkedJobs = parkedJobs;
        this.deadLetters = deadLetters;
        this.oncePerKey = new OncePerKey(originals, topics, dispatcher, clock);
        this.telemetry = telemetry;
    }

    @Override
    public Verdict handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Span span = startSpan(record);
        try (Scope _ = span.makeCurrent()) {
            return switch (read(record)) {
                case RequestReading.Accepted(var job) -> {
                    span.setAttribute("genapi.job.id", job.id().value());
                    yield oncePerKey.run(record, job, () -> work(record, job));
                }
                case RequestReading.Invalid(var job, var error) ->
                    oncePerKey.run(record, job, () -> {
                        dispatcher.refuse(job, error);
                        return Verdict.done();
                    });
                case RequestReading.Unreadable(var reason) -> {
                    deadLetters.put(record, reason);
                    yield Verdict.done();
                }
            };
        } catch (InterruptedException | RuntimeException | Error failure) {
            span.setStatus(StatusCode.ERROR).recordException(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    /** A bug must not leave a job without an end, nor a partition with a record that never ends. */
    @Override
    public void poison(ConsumerRecord<byte[], byte[]> record, Throwable cause)
            throws InterruptedException, UndecidedException {
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
    private Optional<JobId> end(ConsumerRecord<byte[], byte[]> record) throws InterruptedException, UndecidedException {
        return switch (read(record)) {
            case RequestReading.Accepted(var job) -> Optional.of(oncePerKey.refuse(record, job, INTERNAL));
            case RequestReading.Invalid(var job, var _) -> Optional.of(oncePerKey.refuse(record, job, INTERNAL));
            case RequestReading.Unreadable _ -> Optional.empty();
        };
    }

    private Verdict work(ConsumerRecord<byte[], byte[]> record, JobRequest job) throws InterruptedException {
        Optional<Parking> recorded = topics.parkedVendorOf(record.topic()).isPresent()
                ? ParkedRecords.parking(record)
                : Optional.of(Parking.NONE);
        if (recorded.isEmpty()) {
            deadLetters.put(record, "a header of it is not what a parked job's says: what it has been through");
            return Verdict.done();
        }
        Optional<Parking> soFar = known.takeUp(record, job.id(), recorded.get());
        return soFar.isPresent() ? work(record, job, soFar.get()) : Verdict.done();
    }

    private Verdict work(ConsumerRecord<byte[], byte[]> record, JobRequest job, Parking before)
            throws InterruptedException {
        return switch (dispatcher.dispatch(job, before)) {
            case Dispatched.Ended _ -> Verdict.done();
            case Dispatched.Later(var pause, var soFar) -> later(record, job, pause, soFar);
            case Dispatched.Parked parked -> {
                // Before it is sent: it may be read here before it is known here that it was taken.
                known.parked(record, job.id(), parked.parking());
                yield parkedJobs.park(record, job, parked)
                        ? Verdict.done()
                        : later(record, job, PARK_AGAIN_AFTER, parked.parking());
            }
        };
    }

    private Verdict later(ConsumerRecord<byte[], byte[]> record, JobRequest job, Duration pause, Parking soFar) {
        known.setAside(record, job.id(), soFar);
        return Verdict.later(pause);
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
