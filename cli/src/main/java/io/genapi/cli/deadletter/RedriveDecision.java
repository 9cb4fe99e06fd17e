package io.genapi.cli.deadletter;

import io.genapi.schemas.job.JobId;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What putting a letter back comes to. */
public sealed interface RedriveDecision {

    /** A record for a topic that workers read, and the job that comes of it. */
    sealed interface PutBack extends RedriveDecision {

        ProducerRecord<byte[], byte[]> record();

        JobId id();

        default String topic() {
            return record().topic();
        }
    }

    /** The record as it was; its job has had no end yet, and keeps its id. */
    record SameJob(ProducerRecord<byte[], byte[]> record, JobId id) implements PutBack {}

    /** The job has had its one end; this is another one that asks for the same. */
    record NewJob(ProducerRecord<byte[], byte[]> record, JobId ended, JobId id) implements PutBack {}

    /** It cannot be put back. */
    record Impossible(String reason) implements RedriveDecision {}
}
