package io.genapi.worker.kafka;

import io.genapi.inflight.HandOverCheck;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.worker.result.FinishedJobs;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps a job from being paid for twice that another worker was still running when its partition moved here. */
public final class HandedOverJobs implements HandOverCheck<byte[], byte[]> {

    private final FinishedJobs finished;

    public HandedOverJobs(FinishedJobs finished) {
        this.finished = finished;
    }

    @Override
    public boolean alreadyDone(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return finished.isFinished(RequestRecords.idOf(record));
    }
}
