package io.genapi.worker.kafka;

import io.genapi.inflight.DeferringHandler;
import io.genapi.inflight.PoisonHandler;
import io.genapi.inflight.run.Verdict;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
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
import io.genapi.worker.original.Originality;
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

    /** Before a store is asked again whether a record is the first of its idempotency key. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final TopicNames topics;
    private final RequestRecords requests;
    private final Dispatcher dispatcher;
    private final ParkedJobs parkedJobs;
    private final DeadLetters deadLetters;
    private final OriginalCheck originals;
    private final Telemetry telemetry;
    private final InstantSource clock;
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
        this.originals = originals;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public Verdict handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Span span = startSpan(record);
        try (Scope _ = span.makeCurrent()) {
            return switch (read(record)) {
                case RequestReading.Accepted(var job) -> {
                    span.setAttribute("genapi.job.id", job.id().value());
                    yield once(record, job, () -> work(record, job));
                }
                case RequestReading.Invalid(var job, var error) ->
                    once(record, job, () -> {
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

    /** What is done with a record that is to run. */
    private interface Run {
        Verdict go() throws InterruptedException;
    }

    /** Of the records of one idempotency key one is run; what is parked was. */
    private Verdict once(ConsumerRecord<byte[], byte[]> record, JobRequest job, Run run) throws InterruptedException {
        if (job.idempotencyKey().isEmpty()
                || topics.parkedVendorOf(record.topic()).isPresent()) {
            return run.go();
        }
        return switch (originals.of(job.id(), job.body(), record.topic(), record.partition(), record.offset())) {
            case Originality.First() -> run.go();
            case Originality.Repetition() -> {
                LOG.atDebug().addKeyValue("id", job.id()).log("A request was repeated under its idempotency key");
                yield Verdict.done();
            }
            case Originality.Misuse _ -> {
                refuseMisuse(record, job);
                yield Verdict.done();
            }
            // Its deadline is looked at when it is run, and only then.
            case Originality.Unclear() -> isOver(job) ? run.go() : Verdict.later(ASK_AGAIN_AFTER);
        };
    }

    /** A gateway has told its caller; who wrote to Kafka without a job's id looks for a result of this record. */
    private void refuseMisuse(ConsumerRecord<byte[], byte[]> record, JobRequest job) throws InterruptedException {
        JobId own = RequestRecords.idWithoutKey(record);
        if (!own.equals(job.id())) {
            dispatcher.refuse(job.apart(own), JobErrors.keyReused(job.id()));
        }
    }

    private boolean isOver(JobRequest job) {
        return job.deadline()
                .filter(deadline -> !clock.instant().isBefore(deadline))
                .isPresent();
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
