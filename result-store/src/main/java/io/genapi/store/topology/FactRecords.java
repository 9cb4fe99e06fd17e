package io.genapi.store.topology;

import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.JobPartitioner;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.store.job.Deadlines;
import io.genapi.store.job.JobFact;
import io.genapi.store.job.JobFact.Origin;
import io.genapi.store.job.PayloadLocation;
import io.genapi.store.job.Trouble;
import io.genapi.store.topology.RecordReading.Fact;
import io.genapi.store.topology.RecordReading.Foreign;
import io.genapi.store.topology.RecordReading.Skipped;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** From the contract's records to facts. Thread-safe. */
final class FactRecords {
    private final RequestRecords requests;
    private final int partitions;
    private final Deadlines deadlines;
    private final Deserializer<JobFact.Requested> summaries =
            JobSerdes.requested().deserializer();

    FactRecords(TopicNames names, int partitions, Deadlines deadlines) {
        this.requests = new RequestRecords(names);
        this.deadlines = deadlines;
        this.partitions = partitions;
    }

    RecordReading request(ConsumerRecord<byte[], byte[]> record, Instant now) {
        return switch (requests.read(record)) {
            case RequestReading.Accepted(JobRequest request) -> requested(request, record, now);
            // A worker ends it as failed: it is a job, and can be asked for.
            case RequestReading.Invalid invalid -> requested(invalid.request(), record, now);
            case RequestReading.Unreadable(String reason) -> new Skipped(reason);
        };
    }

    RecordReading foreignRequest(ConsumerRecord<byte[], byte[]> record, Instant now) {
        return new Fact(summaries.deserialize(record.topic(), record.value()));
    }

    RecordReading event(ConsumerRecord<byte[], byte[]> record, Instant now) {
        Optional<JobEvent> event = EventRecords.read(record);
        return event.isPresent()
                ? ofOwnPartition(fact(event.get(), record, now), record)
                : new Skipped("no known event");
    }

    RecordReading result(ConsumerRecord<byte[], byte[]> record, Instant now) {
        Optional<JobResult> result = ResultRecords.read(record);
        return result.isPresent() ? ofOwnPartition(fact(result.get(), record), record) : new Skipped("no known result");
    }

    private RecordReading requested(JobRequest request, ConsumerRecord<byte[], byte[]> record, Instant now) {
        JobFact.Requested fact = new JobFact.Requested(
                new Origin(
                        request.id(), request.tenant(), request.correlation(), request.requestId(), recordedAt(record)),
                request.lane(),
                request.submittedAt(),
                request.deadline(),
                deadlines.of(request.submittedAt(), request.deadline(), now),
                request.webhookEndpoint(),
                request.awaited(),
                request.api(),
                original(request, record),
                Optional.of(RequestRecords.placeOf(record)),
                request.redriveOf());
        return liesWhereItBelongs(request.id(), record) ? new Fact(fact) : new Foreign(fact);
    }

    private static Optional<Original> original(JobRequest request, ConsumerRecord<byte[], byte[]> record) {
        return request.idempotencyKey()
                .map(_ -> new Original(
                        record.topic(), record.partition(), record.offset(), DroppedBody.digestOf(record)));
    }

    private RecordReading ofOwnPartition(JobFact fact, ConsumerRecord<byte[], byte[]> record) {
        return liesWhereItBelongs(fact.origin().id(), record)
                ? new Fact(fact)
                : new Skipped("it was produced to another partition than its key's");
    }

    private boolean liesWhereItBelongs(JobId id, ConsumerRecord<?, ?> record) {
        return JobPartitioner.partitionOf(id, partitions) == record.partition();
    }

    private static JobFact fact(JobEvent event, ConsumerRecord<?, ?> record, Instant now) {
        Origin origin =
                new Origin(event.id(), event.tenant(), event.correlation(), event.requestId(), recordedAt(record));
        Trouble trouble = new Trouble(event.at(), event.reason().orElse("no reason given"));
        return switch (event.kind()) {
            case STARTED -> new JobFact.Started(origin, event.at(), event.attempt(), event.vendor());
            case ATTEMPT_FAILED ->
                new JobFact.AttemptFailed(origin, event.attempt(), event.vendor(), event.httpStatus(), trouble);
            case PARKED -> new JobFact.Parked(origin, event.attempt(), trouble, event.parkNumber());
            case CANCEL_REQUESTED ->
                new JobFact.CancelRequested(origin, event.at().isBefore(now) ? event.at() : now);
            case RESULT_DELETED -> new JobFact.ResultDeleted(origin, event.at());
        };
    }

    private static JobFact fact(JobResult result, ConsumerRecord<?, ?> record) {
        Origin origin =
                new Origin(result.id(), result.tenant(), result.correlation(), result.requestId(), recordedAt(record));
        return new JobFact.Completed(
                origin,
                result.status(),
                result.httpStatus(),
                result.vendor(),
                result.vendorRequestId(),
                result.model(),
                result.attempts(),
                result.usage(),
                result.costUsd(),
                result.queued(),
                result.vendorTime(),
                result.completedAt(),
                new PayloadLocation(record.partition(), record.offset()));
    }

    private static Instant recordedAt(ConsumerRecord<?, ?> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
