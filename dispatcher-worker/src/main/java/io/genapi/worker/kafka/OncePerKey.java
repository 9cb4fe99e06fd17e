package io.genapi.worker.kafka;

import io.genapi.inflight.run.UndecidedException;
import io.genapi.inflight.run.Verdict;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.dispatch.Dispatcher;
import io.genapi.worker.dispatch.NextTry;
import io.genapi.worker.original.KeyedRequest;
import io.genapi.worker.original.OriginalCheck;
import io.genapi.worker.original.Originality;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of all request records of an idempotency key the first one, and ends the key's job with that one alone: what
 * becomes of another one must not come before the answer that the first one is paying for. Thread-safe.
 */
final class OncePerKey {

    private static final Logger LOG = LoggerFactory.getLogger(OncePerKey.class);

    /**
     * The store tells a moment before Kafka has what it tells. Should it be killed then, it may name another original of the
     * same moment afterwards, which must not have been dropped: three of its commit intervals later it has said so for good.
     */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(3);

    private final OriginalCheck originals;
    private final TopicNames topics;
    private final Dispatcher dispatcher;
    private final InstantSource clock;

    OncePerKey(OriginalCheck originals, TopicNames topics, Dispatcher dispatcher, InstantSource clock) {
        this.originals = originals;
        this.topics = topics;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    /** What is done with a record that is to run. */
    interface Run {
        Verdict go() throws InterruptedException;
    }

    Verdict run(ConsumerRecord<byte[], byte[]> record, JobRequest job, Run run) throws InterruptedException {
        return switch (originality(record, job)) {
            // The time of what is forgotten is over, and it expires when it is run.
            case Originality.First _, Originality.Forgotten _ -> run.go();
            case Originality.Repetition() -> {
                LOG.atDebug().addKeyValue("id", job.id()).log("A request was repeated under its idempotency key");
                yield Verdict.done();
            }
            case Originality.Misuse _ -> {
                JobId own = RequestRecords.idWithoutKey(record);
                // A gateway has told its caller; who wrote to Kafka without a job's id looks for a result of this
                // record.
                if (!own.equals(job.id())) {
                    dispatcher.refuse(job.apart(own), JobErrors.keyReused(job.id()));
                }
                yield Verdict.done();
            }
            case Originality.Unclear() -> Verdict.later(untilAskedAgain(job));
        };
    }

    /**
     * Ends the job that the record alone stands for.
     *
     * @return the job that has its end, or will get it from the first record of the key
     * @throws UndecidedException if nobody can say yet which job that is
     */
    JobId refuse(ConsumerRecord<byte[], byte[]> record, JobRequest job, ApiError error)
            throws InterruptedException, UndecidedException {
        return switch (originality(record, job)) {
            case Originality.First _, Originality.Forgotten _ -> refuse(job, error);
            case Originality.Repetition _ -> job.id();
            case Originality.Misuse _ -> {
                JobId own = RequestRecords.idWithoutKey(record);
                yield own.equals(job.id()) ? own : refuse(job.apart(own), error);
            }
            case Originality.Unclear _ -> throw new UndecidedException(untilAskedAgain(job));
        };
    }

    private JobId refuse(JobRequest job, ApiError error) throws InterruptedException {
        dispatcher.refuse(job, error);
        return job.id();
    }

    /** What has no key is the only one of its job, and what was parked was the first. */
    private Originality originality(ConsumerRecord<byte[], byte[]> record, JobRequest job) throws InterruptedException {
        boolean isKeyed = job.idempotencyKey().isPresent()
                && topics.parkedVendorOf(record.topic()).isEmpty();
        if (!isKeyed) {
            return new Originality.First();
        }
        KeyedRequest request = new KeyedRequest(
                job.id(), job::digest, RequestRecords.placeOf(record), RequestRecords.redrivenFrom(record));
        return switch (originals.of(request, dispatcher.deadlineOf(job))) {
            case Originality.Repetition _, Originality.Misuse _ when isFresh(record) -> new Originality.Unclear();
            case Originality told -> told;
        };
    }

    /** Also by the wrong clock of its writer, but not for longer than that makes a difference. */
    private boolean isFresh(ConsumerRecord<?, ?> record) {
        Duration age = Duration.between(Instant.ofEpochMilli(record.timestamp()), clock.instant());
        return age.abs().compareTo(SETTLED_AFTER) < 0;
    }

    /** Rarely when its time is over: nobody waits for it then. */
    private Duration untilAskedAgain(JobRequest job) {
        Instant now = clock.instant();
        return now.isBefore(dispatcher.deadlineOf(job)) ? NextTry.after(job.submittedAt(), now) : NextTry.RAREST;
    }
}
