package io.genapi.store.kafka;

import io.genapi.inflight.HandOverCheck;
import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts that any store has written down since this one started, the latest of them: so a delivery that a store was
 * sending when its partition moved here is not sent again. Thread-safe.
 */
public final class RecentAttempts implements HandOverCheck<byte[], byte[]>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecentAttempts.class);

    /** Some 200 bytes each. */
    private static final int REMEMBERED = 50_000;

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final WebhookDeliveries.Pause pause;
    private final Thread thread =
            Thread.ofPlatform().name("webhook-attempts").daemon().unstarted(this::run);
    private final Map<Key, Boolean> made = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private volatile boolean closed;

    private record Key(EventId event, EndpointId endpoint, int attempt) {
        static Key of(Delivery delivery) {
            return new Key(delivery.event().id(), delivery.endpoint(), delivery.attempt());
        }
    }

    /** @param consumer without a group, its own from here on */
    public RecentAttempts(Consumer<byte[], byte[]> consumer, String topic, WebhookDeliveries.Pause pause) {
        this.consumer = consumer;
        this.topic = topic;
        this.pause = pause;
    }

    public void start() {
        thread.start();
    }

    @Override
    public boolean alreadyDone(ConsumerRecord<byte[], byte[]> record) {
        Optional<Key> key = DeliveryRecords.read(record).map(Key::of);
        synchronized (made) {
            return key.filter(made::containsKey).isPresent();
        }
    }

    /** Takes the next record of the topic. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        Optional<DeliveryAttempt> attempt = DeliveryAttemptRecords.read(record);
        synchronized (made) {
            attempt.ifPresent(known -> made.put(Key.of(known.delivery()), true));
        }
    }

    private void run() {
        try (consumer) {
            boolean assigned = false;
            while (!closed) {
                try {
                    assigned = assigned || assign();
                    consumer.poll(POLL).forEach(this::take);
                } catch (WakeupException | InterruptException closing) {
                    return;
                } catch (RuntimeException failure) {
                    LOG.atWarn().setCause(failure).log("Attempts cannot be read from Kafka; trying again");
                    pause.pause(AFTER_FAILURE);
                }
            }
        } catch (InterruptedException closing) {
            // The thread has nothing else to do.
        }
    }

    private boolean assign() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return true;
    }

    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            thread.join(AFTER_FAILURE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
