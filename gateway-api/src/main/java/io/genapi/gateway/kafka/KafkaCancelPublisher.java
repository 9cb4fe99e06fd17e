package io.genapi.gateway.kafka;

import io.genapi.gateway.cancel.CancelPublisher;
import io.genapi.gateway.responses.DeletionPublisher;
import io.genapi.schemas.control.Cancellation;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.kafka.CancellationRecords;
import io.genapi.schemas.kafka.EventRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Writes a cancellation to {@code genapi.events}, from which the store sees to it that the job ends, and then to
 * {@code genapi.control}, so that the worker that has the job stops at once; a deletion to {@code genapi.events} alone.
 * Thread-safe.
 */
public final class KafkaCancelPublisher implements CancelPublisher, DeletionPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaCancelPublisher.class);

    private final KafkaTemplate<byte[], byte[]> producer;
    private final TopicNames topics;
    private final String source;
    private final Duration patience;

    /**
     * @param source this process, as CloudEvents' {@code source}
     * @param patience of the producer for one record; a send takes at most twice that
     */
    public KafkaCancelPublisher(
            KafkaTemplate<byte[], byte[]> producer, TopicNames topics, String source, Duration patience) {
        this.producer = producer;
        this.topics = topics;
        this.source = source;
        this.patience = patience;
    }

    @Override
    public Outcome publish(JobEvent cancelRequest) throws InterruptedException {
        Outcome outcome = send(cancelRequest, EventRecords.write(cancelRequest, topics.events(), source));
        if (outcome instanceof Outcome.Acknowledged) {
            Cancellation cancellation = new Cancellation(cancelRequest.id(), cancelRequest.at());
            // Without it the job ends all the same, a moment later; a vendor call then runs to its own end.
            Outcome _ = send(cancelRequest, CancellationRecords.write(cancellation, topics.control(), source));
        }
        return outcome;
    }

    @Override
    public Optional<String> delete(JobEvent deletion) throws InterruptedException {
        return switch (send(deletion, EventRecords.write(deletion, topics.events(), source))) {
            case Outcome.Acknowledged() -> Optional.empty();
            case Outcome.Unconfirmed(String reason) -> Optional.of(reason);
        };
    }

    private Outcome send(JobEvent news, ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get(patience.multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS);
            return new Outcome.Acknowledged();
        } catch (ExecutionException
                | TimeoutException
                | KafkaException
                | org.springframework.kafka.KafkaException failure) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            LOG.atWarn()
                    .addKeyValue("job_id", news.id().value())
                    .addKeyValue("topic", record.topic())
                    .log("Kafka did not confirm what a caller wants of a job: {}", root.toString());
            return new Outcome.Unconfirmed(root.getClass().getSimpleName());
        }
    }
}
