package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.CE_TIME;
import static io.genapi.schemas.kafka.HeaderNames.DEADLINE;
import static io.genapi.schemas.kafka.HeaderNames.PARK_ATTEMPTS;
import static io.genapi.schemas.kafka.HeaderNames.PARK_COUNTED_ATTEMPTS;
import static io.genapi.schemas.kafka.HeaderNames.PARK_FIRST_ATTEMPT_AT;
import static io.genapi.schemas.kafka.HeaderNames.PARK_LANE;
import static io.genapi.schemas.kafka.HeaderNames.PARK_NUMBER;
import static io.genapi.schemas.kafka.HeaderNames.PARK_VENDOR_MS;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Parking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Parked jobs as records of {@code genapi.parked.*}: the request's own bytes and headers, and what the job has been
 * through. {@link RequestRecords#read} reads the request that such a record still is.
 */
public final class ParkedRecords {

    private ParkedRecords() {}

    /**
     * The request once more, under its job id and with its own headers. What a request derives from where and when it
     * was written is written down, since that is about to change.
     *
     * @param record of a request topic or of a parked one
     * @param job what was read from it
     * @param deadline the job's, its own or the default
     * @param parking with this time counted
     */
    public static ProducerRecord<byte[], byte[]> write(
            ConsumerRecord<byte[], byte[]> record, JobRequest job, Instant deadline, Parking parking, String topic) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        HeaderReader present = new HeaderReader(record.headers());
        if (present.text(CE_TIME).isEmpty()) {
            put(headers, CE_TIME, job.submittedAt());
        }
        if (present.text(DEADLINE).isEmpty()) {
            put(headers, DEADLINE, deadline);
        }
        put(headers, PARK_NUMBER, parking.number());
        put(headers, PARK_LANE, job.lane().wireName());
        put(headers, PARK_ATTEMPTS, parking.attempts());
        put(headers, PARK_COUNTED_ATTEMPTS, parking.countedAttempts());
        put(headers, PARK_VENDOR_MS, parking.vendorTime().toMillis());
        headers.remove(PARK_FIRST_ATTEMPT_AT);
        parking.firstAttemptAt().ifPresent(at -> put(headers, PARK_FIRST_ATTEMPT_AT, at));
        return new ProducerRecord<>(topic, null, job.id().bytes(), job.body(), headers);
    }

    /** What the job of a parked record has been through; empty if a header is not of the contract's form. */
    public static Optional<Parking> parking(ConsumerRecord<?, ?> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        try {
            return Optional.of(new Parking(
                    number(headers, PARK_NUMBER),
                    number(headers, PARK_ATTEMPTS),
                    number(headers, PARK_COUNTED_ATTEMPTS),
                    Duration.ofMillis(headers.count(PARK_VENDOR_MS).orElse(0L)),
                    headers.instant(PARK_FIRST_ATTEMPT_AT)));
        } catch (InvalidHeaderException invalid) {
            return Optional.empty();
        }
    }

    private static int number(HeaderReader headers, String name) {
        return (int) Math.min(Integer.MAX_VALUE, headers.count(name).orElse(0L));
    }

    private static void put(Headers headers, String name, Object value) {
        headers.remove(name).add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
