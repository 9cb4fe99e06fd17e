package io.genapi.worker.kafka;

import io.genapi.inflight.HandOverCheck;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.kafka.ParkedRecords;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.result.FinishedJobs;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Keeps a job from being paid for twice that another worker was still running when its partition moved here. What that
 * worker parked lives on in its parked topic.
 */
public final class HandedOverJobs implements HandOverCheck<byte[], byte[]> {

    private final FinishedJobs finished;
    private final TopicNames topics;

    public HandedOverJobs(FinishedJobs finished, TopicNames topics) {
        this.topics = topics;
        this.finished = finished;
    }

    @Override
    public boolean alreadyDone(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return finished.isFinished(RequestRecords.idOf(record), parkNumber(record));
    }

    private int parkNumber(ConsumerRecord<byte[], byte[]> record) {
        return topics.parkedVendorOf(record.topic())
                .flatMap(_ -> ParkedRecords.parking(record))
                .map(Parking::number)
                .orElse(0);
    }
}
