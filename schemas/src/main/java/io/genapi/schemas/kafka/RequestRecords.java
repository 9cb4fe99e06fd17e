package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.*;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.ResponseEcho;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Jobs' inputs as records of {@code genapi.requests.*}, and of {@code genapi.parked.*}. Reading is lenient, since any Kafka client may write there: a
 * value is enough, every header has a default, and what is derived is the same on every redelivery. Thread-safe.
 */
public final class RequestRecords {

    static final String WAIT = "wait";
    static final String RESPOND_ASYNC = "respond-async";

    private final TopicNames topics;

    public RequestRecords(TopicNames topics) {
        this.topics = topics;
    }

    /**
     * A job's record. One with an ordering key names its partition, any other leaves that to its key, the job id.
     *
     * @param source the writer, as CloudEvents' {@code source}
     * @param partitions how many each request topic has
     */
    public ProducerRecord<byte[], byte[]> write(JobRequest request, String source, int partitions) {
        HeaderWriter headers = new HeaderWriter(
                        EventTypes.JOB_REQUESTED, source, request.id().value(), request.submittedAt())
                .correlation(request.correlation())
                .text(REQUEST_ID, request.requestId())
                .text(TENANT, request.tenant())
                .text(DEADLINE, request.deadline())
                .text(PREFER, request.awaited() ? WAIT : RESPOND_ASYNC)
                .text(VENDOR, request.vendor())
                .text(REPLY_TOPIC, request.replyTopic())
                .text(WEBHOOK_ENDPOINT, request.webhookEndpoint())
                .text(IDEMPOTENCY_KEY, request.idempotencyKey())
                .text(ORDERING_KEY, request.orderingKey())
                .text(REDRIVE_OF, request.redriveOf())
                .text(RESPONSE_ECHO, request.responseEcho())
                .text(API, request.api().map(JobApi::wireName));
        request.claim().ifPresent(claim -> ClaimHeaders.write(claim, headers));
        Optional<Integer> partition = request.order().map(order -> JobPartitioner.partitionOf(order, partitions));
        return new ProducerRecord<>(
                topics.requests(request.lane()),
                partition.orElse(null),
                request.id().bytes(),
                request.body(),
                headers.headers());
    }

    public RequestReading read(ConsumerRecord<byte[], byte[]> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        byte @Nullable [] body = record.value();
        if (body == null) {
            return new RequestReading.Unreadable("the record has no value; a request's value is its JSON body");
        }
        Optional<String> type = headers.text(CE_TYPE).filter(given -> !given.equals(EventTypes.JOB_REQUESTED));
        if (type.isPresent()) {
            return new RequestReading.Unreadable("header '%s' is '%s', but this version reads only '%s'"
                    .formatted(CE_TYPE, type.get(), EventTypes.JOB_REQUESTED));
        }
        boolean parked = topics.parkedVendorOf(record.topic()).isPresent();
        Optional<Lane> lane =
                parked ? headers.text(PARK_LANE).flatMap(Lane::fromWireName) : topics.laneOf(record.topic());
        if (lane.isEmpty()) {
            return new RequestReading.Unreadable(
                    parked
                            ? "header '%s' is not the lane that a parked job came from".formatted(PARK_LANE)
                            : "topic '" + record.topic() + "' is not a request topic");
        }
        try {
            return new RequestReading.Accepted(request(
                    record,
                    headers,
                    ClaimHeaders.read(headers),
                    body,
                    lane.get(),
                    headers.instant(DEADLINE),
                    submittedAt(record, headers)));
        } catch (InvalidHeaderException invalid) {
            JobRequest withoutTimes = request(
                    record,
                    headers,
                    Optional.empty(),
                    body,
                    lane.get(),
                    Optional.empty(),
                    Instant.ofEpochMilli(record.timestamp()));
            return new RequestReading.Invalid(
                    withoutTimes,
                    ApiError.invalidRequest(400, "invalid_header", invalid.header(), invalid.explanation()));
        }
    }

    /**
     * The job that a record is: that of its idempotency key, else its key if that is a job id, else an id derived from
     * where the record lies.
     */
    public static JobId idOf(ConsumerRecord<byte[], ?> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        return headers.text(IDEMPOTENCY_KEY)
                .map(key -> JobId.ofKey(tenant(headers), key))
                .orElseGet(() -> idWithoutKey(record));
    }

    /** The job that a record would be without its idempotency key. */
    public static JobId idWithoutKey(ConsumerRecord<byte[], ?> record) {
        return keyAsId(record.key())
                .orElseGet(() -> JobId.derive(
                        Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                        placeOf(record).toString()));
    }

    public static RecordPlace placeOf(ConsumerRecord<?, ?> record) {
        return new RecordPlace(record.topic(), record.partition(), record.offset());
    }

    /** Where the record lay that this one puts back, if it does. */
    public static Optional<RecordPlace> redrivenFrom(ConsumerRecord<?, ?> record) {
        return new HeaderReader(record.headers()).text(REDRIVE_FROM).flatMap(RecordPlace::parse);
    }

    /**
     * What tells a record's request from any other one, wherever its body lies.
     *
     * @param record of a request topic or of a parked one, with a value
     */
    public static BodyDigest digestOf(ConsumerRecord<?, byte[]> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        return ClaimHeaders.lenient(headers)
                .map(ClaimCheck::asked)
                .orElseGet(() -> BodyDigest.of(
                        record.value(), headers.text(RESPONSE_ECHO).map(ResponseEcho::new)));
    }

    /** How many bytes a record's request has that are not in the record. */
    public static long bytesElsewhere(ConsumerRecord<?, ?> record) {
        return ClaimHeaders.lenient(new HeaderReader(record.headers()))
                .map(ClaimCheck::length)
                .orElse(0);
    }

    /** The job id that a record's key is, if it is one. */
    public static Optional<JobId> keyAsId(byte @Nullable [] key) {
        return key == null ? Optional.empty() : JobId.parse(new String(key, StandardCharsets.UTF_8));
    }

    /** The series that a record's job belongs to, if any; told by two headers alone, so cheap enough for a poll loop. */
    public static Optional<JobOrder> orderOf(ConsumerRecord<?, ?> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        return headers.text(ORDERING_KEY).map(key -> new JobOrder(tenant(headers), key));
    }

    /** The only vendor that may serve a record's job, if that is restricted. */
    public static Optional<VendorName> vendorOf(ConsumerRecord<?, ?> record) {
        return new HeaderReader(record.headers()).text(VENDOR).map(VendorName::new);
    }

    private static TenantId tenant(HeaderReader headers) {
        return headers.text(TENANT).map(TenantId::new).orElse(TenantId.DEFAULT);
    }

    private static Instant submittedAt(ConsumerRecord<?, ?> record, HeaderReader headers) {
        return headers.instant(CE_TIME).orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
    }

    private static JobRequest request(
            ConsumerRecord<byte[], byte[]> record,
            HeaderReader headers,
            Optional<ClaimCheck> claim,
            byte[] body,
            Lane lane,
            Optional<Instant> deadline,
            Instant submittedAt) {
        JobId id = idOf(record);
        return new JobRequest(
                id,
                lane,
                tenant(headers),
                correlation(headers, id),
                new RequestId(headers.text(REQUEST_ID).orElseGet(() -> mintedFor("request", id))),
                submittedAt,
                deadline,
                headers.text(PREFER).filter(WAIT::equals).isPresent(),
                headers.text(VENDOR).map(VendorName::new),
                headers.firstText(REPLY_TOPIC, REPLY_TOPIC_ALIASES),
                headers.text(WEBHOOK_ENDPOINT),
                headers.text(IDEMPOTENCY_KEY),
                headers.text(ORDERING_KEY),
                headers.text(REDRIVE_OF).flatMap(JobId::parse),
                headers.text(RESPONSE_ECHO).map(ResponseEcho::new),
                headers.text(API).flatMap(JobApi::fromWireName),
                claim,
                body);
    }

    private static Correlation correlation(HeaderReader headers, JobId id) {
        return headers.correlation().orElseGet(() -> Correlation.of(CorrelationId.of(mintedFor("correlation", id))));
    }

    /** A UUID that is the same on every redelivery of a record. */
    private static String mintedFor(String purpose, JobId id) {
        return UUID.nameUUIDFromBytes((purpose + ":" + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
