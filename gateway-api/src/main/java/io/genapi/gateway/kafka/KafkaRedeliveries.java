package io.genapi.gateway.kafka;

import io.genapi.gateway.webhook.Redeliveries;
import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.schemas.kafka.RedeliveryRecords;
import io.genapi.schemas.webhook.Redelivery;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** Writes wishes to {@code genapi.webhook-events}, from which the store fulfils them. Thread-safe. */
public final class KafkaRedeliveries implements Redeliveries {

    private final KafkaTemplate<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final String source;
    private final Duration patience;

    /**
     * @param partitions of the topic
     * @param source this process, as CloudEvents' {@code source}
     * @param patience of the producer for one record; a send takes at most twice that
     */
    public KafkaRedeliveries(
            KafkaTemplate<byte[], byte[]> producer, String topic, int partitions, String source, Duration patience) {
        this.producer = producer;
        this.topic = topic;
        this.partitions = partitions;
        this.source = source;
        this.patience = patience;
    }

    @Override
    public void ask(Redelivery wish) throws InterruptedException {
        try {
            producer.send(RedeliveryRecords.write(wish, topic, source, partitions))
                    .get(patience.multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException
                | TimeoutException
                | KafkaException
                | org.springframework.kafka.KafkaException failure) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new LogUnavailableException(
                    "topic '%s' did not confirm a record (%s)"
                            .formatted(topic, root.getClass().getSimpleName()),
                    failure);
        }
    }
}
