package io.genapi.chaos.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A result on Kafka.
 *
 * @param status the terminal state that it states
 * @param at when the worker wrote it
 * @param attempts vendor calls that were made for the job
 * @param vendor who answered; empty if nobody did
 * @param vendorTime spent in those calls
 */
public record JobEnd(String job, String status, Instant at, int attempts, String vendor, Duration vendorTime) {

    static JobEnd of(ConsumerRecord<byte[], byte[]> record) {
        return new JobEnd(
                new String(record.key(), StandardCharsets.UTF_8),
                Topics.header(record, "status"),
                Instant.ofEpochMilli(record.timestamp()),
                (int) number(record, "attempts"),
                Topics.header(record, "vendor"),
                Duration.ofMillis(number(record, "vendor-ms")));
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
        String text = Topics.header(record, header);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
