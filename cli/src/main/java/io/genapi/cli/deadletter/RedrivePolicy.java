package io.genapi.cli.deadletter;

import static io.genapi.schemas.kafka.HeaderNames.*;

import io.genapi.cli.deadletter.RedriveDecision.Impossible;
import io.genapi.cli.deadletter.RedriveDecision.NewJob;
import io.genapi.cli.deadletter.RedriveDecision.SameJob;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Turns letters back into requests. A record goes to the partition that its key, a job id, hashes to. */
public final class RedrivePolicy {

    /** What belongs to the old submission alone: nobody waits for the new one, and the old one had its key. */
    private static final List<String> NOT_CARRIED_ON = List.of(PREFER, IDEMPOTENCY_KEY, REDRIVE_OF, REDRIVE_FROM);

    private final TopicNames topics;
    private final RequestRecords requests;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random unguessable, for new job ids */
    public RedrivePolicy(TopicNames topics, InstantSource clock, RandomGenerator random) {
        this.topics = topics;
        this.requests = new RequestRecords(topics);
        this.clock = clock;
        this.random = random;
    }

    public RedriveDecision decide(DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> original = letter.original();
        if (!letter.whole()) {
            return new Impossible(
                    "it was too large for a letter; for as long as Kafka keeps it, the record is in topic %s, partition %d, at offset %d"
                            .formatted(original.topic(), original.partition(), original.offset()));
        }
        if (!takesJobs(original.topic())) {
            return new Impossible("it came from topic %s, from which no worker of '%s' takes jobs"
                    .formatted(original.topic(), topics.prefix()));
        }
        return letter.endedJob()
                .<RedriveDecision>map(ended -> newJob(original, ended))
                .orElseGet(() -> sameJob(original));
    }

    private boolean takesJobs(String topic) {
        return topics.laneOf(topic).isPresent()
                || Stream.of(".parked.", ".submit.").anyMatch(kind -> topic.startsWith(topics.prefix() + kind));
    }

    /**
     * Under the id that was derived from where it lay, since it will lie elsewhere. One with an idempotency key says where
     * it lay, lest it be taken for a repetition of itself.
     */
    private static SameJob sameJob(ConsumerRecord<byte[], byte[]> original) {
        JobId id = RequestRecords.idOf(original);
        JobId withoutKey = RequestRecords.idWithoutKey(original);
        Headers headers = new RecordHeaders(original.headers());
        if (headers.lastHeader(IDEMPOTENCY_KEY) != null
                && RequestRecords.redrivenFrom(original).isEmpty()) {
            replace(headers, REDRIVE_FROM, RequestRecords.placeOf(original).toString());
        }
        return new SameJob(request(original, withoutKey, headers), id);
    }

    private NewJob newJob(ConsumerRecord<byte[], byte[]> original, JobId ended) {
        Instant now = clock.instant();
        JobId id = JobId.mint(now, random);
        Headers headers = new RecordHeaders(original.headers());
        NOT_CARRIED_ON.forEach(headers::remove);
        if (headers.lastHeader(CE_ID) != null) {
            replace(headers, CE_ID, id.value());
        }
        if (headers.lastHeader(CE_TIME) != null) {
            replace(headers, CE_TIME, now.toString());
        }
        if (!isAhead(headers.lastHeader(DEADLINE), now)) {
            headers.remove(DEADLINE);
        }
        if (Stream.concat(Stream.of(CORRELATION_ID), CORRELATION_ALIASES.stream())
                .allMatch(name -> headers.lastHeader(name) == null)) {
            job(original)
                    .ifPresent(job ->
                            headers.add(CORRELATION_ID, job.correlation().id().bytes()));
        }
        replace(headers, REDRIVE_OF, ended.value());
        return new NewJob(request(original, id, headers), ended, id);
    }

    private Optional<JobRequest> job(ConsumerRecord<byte[], byte[]> original) {
        return switch (requests.read(original)) {
            case RequestReading.Accepted(var job) -> Optional.of(job);
            case RequestReading.Invalid(var job, var _) -> Optional.of(job);
            case RequestReading.Unreadable _ -> Optional.empty();
        };
    }

    private static ProducerRecord<byte[], byte[]> request(
            ConsumerRecord<byte[], byte[]> original, JobId id, Headers headers) {
        return new ProducerRecord<>(original.topic(), null, id.bytes(), original.value(), headers);
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isAhead(@Nullable Header deadline, Instant now) {
        if (deadline == null || deadline.value() == null) {
            return false;
        }
        try {
            return Instant.parse(new String(deadline.value(), StandardCharsets.UTF_8))
                    .isAfter(now);
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
