package io.genapi.schemas.kafka;

import io.genapi.schemas.job.JobId;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was put away.
 *
 * @param original the record as it lay where it came from: its place, timestamp, key, value and headers
 * @param reason why it was put away, in words that may quote the record
 * @param endedJob the job that ended as failed because of it, and cannot run again under its id; empty where the record
 *     never came to be a job with an end
 * @param whole whether key, value and headers are there; a record that is too large for a letter is only where it lay
 */
public record DeadLetter(
        ConsumerRecord<byte[], byte[]> original, String reason, Optional<JobId> endedJob, boolean whole) {}
