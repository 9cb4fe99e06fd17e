package io.genapi.worker.kafka;

import io.genapi.inflight.HandOverCheck;
import io.genapi.inflight.run.UndecidedException;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Parking;
import io.genapi.schemas.kafka.ParkedRecords;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.original.KeyedRequest;
import io.genapi.worker.original.OriginalCheck;
import io.genapi.worker.original.Originality;
import io.genapi.worker.result.FinishedJobs;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a job from being paid for twice that another worker was still running when its partition moved here. What that
 * worker parked lives on in its parked topic.
 */
public final class HandedOverJobs implements HandOverCheck<byte[], byte[]> {

    private static final BodyDigest NONE = BodyDigest.of(new byte[0]);

    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final FinishedJobs finished;
    private final OriginalCheck originals;
    private final TopicNames topics;

    public HandedOverJobs(FinishedJobs finished, OriginalCheck originals, TopicNames topics) {
        this.finished = finished;
        this.originals = originals;
        this.topics = topics;
    }

    @Override
    public boolean alreadyDone(ConsumerRecord<byte[], byte[]> record) throws InterruptedException, UndecidedException {
        return finished.isFinished(idOf(record), parkNumber(record));
    }

    /** Another request under the key of a job that may have ended long ago has an end of its own to come. */
    private JobId idOf(ConsumerRecord<byte[], byte[]> record) throws InterruptedException, UndecidedException {
        JobId job = RequestRecords.idOf(record);
        JobId apart = RequestRecords.idWithoutKey(record);
        boolean isKeyed =
                !apart.equals(job) && topics.parkedVendorOf(record.topic()).isEmpty();
        if (!isKeyed) {
            return job;
        }
        return switch (originality(job, record)) {
            case Originality.First _, Originality.Repetition _, Originality.Forgotten _ -> job;
            case Originality.Misuse _ -> apart;
            case Originality.Unclear _ -> throw new UndecidedException(ASK_AGAIN_AFTER);
        };
    }

    private Originality originality(JobId job, ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        byte @Nullable [] body = record.value();
        return originals.of(new KeyedRequest(
                job,
                () -> body == null ? NONE : RequestRecords.digestOf(record),
                RequestRecords.placeOf(record),
                RequestRecords.redrivenFrom(record)));
    }

    private int parkNumber(ConsumerRecord<byte[], byte[]> record) {
        return topics.parkedVendorOf(record.topic())
                .flatMap(_ -> ParkedRecords.parking(record))
                .map(Parking::number)
                .orElse(0);
    }
}
