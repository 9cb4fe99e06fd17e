package io.genapi.gateway.kafka;

import io.genapi.gateway.submit.JobPublisher;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.kafka.RequestRecords;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Writes jobs to their lane's request topic. A job is durable when all in-sync replicas have it. Thread-safe. */
public final class KafkaJobPublisher implements JobPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaJobPublisher.class);

    private final KafkaTemplate<byte[], byte[]> producer;
    private final RequestRecords records;
    private final String source;
    private final int partitions;
    private final Duration patience;

    /**
     * @param source this process, as CloudEvents' {@code source}
     * @param partitions how many each request topic has
     * @param patience of the producer for one record; a send takes at most twice that, once for the topic's metadata and
     *     once for the record
     */
    public KafkaJobPublisher(
            KafkaTemplate<byte[], byte[]> producer,
            RequestRecords records,
            String source,
            int partitions,
            Duration patience) {
        this.producer = producer;
        this.records = records;
        this.source = source;
        this.partitions = partitions;
        this.patience = patience;
    }

    @Override
    public Outcome publish(JobRequest request) throws InterruptedException {
        try {
            producer.send(records.write(request, source, partitions))
                    .get(patience.multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS);
            return new Outcome.Acknowledged();
        } catch (ExecutionException failure) {
            return unconfirmed(request, failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException | KafkaException | org.springframework.kafka.KafkaException failure) {
            return unconfirmed(request, failure);
        }
    }

    private static Outcome unconfirmed(JobRequest request, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.atWarn()
                .addKeyValue("job_id", request.id().value())
                .log("Kafka did not confirm a job: {}", root.toString());
        return new Outcome.Unconfirmed(root.getClass().getSimpleName());
    }
}
