package io.genapi.store.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.store.sending.Hooks;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecentAttemptsTest {

    private static final String TOPIC = "attempts";

    private final WebhookEndpoint endpoint = Hooks.endpoint(URI.create("https://hooks.example.com/x"), Hooks.secret());
    private final Delivery first = Hooks.delivery(Hooks.event(EventType.JOB_SUCCEEDED), endpoint);
    private final Delivery second = new Delivery(first.event(), endpoint.id(), 2, Hooks.NOW);

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record, long offset) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private static ConsumerRecord<byte[], byte[]> due(Delivery delivery) {
        return consumed(DeliveryRecords.write(delivery, "due", "test"), 0);
    }

    @Test
    void knowsWhatAnyStoreHasTold() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateEndOffsets(Map.of(partition, 7L));
        try (RecentAttempts attempts = new RecentAttempts(consumer, TOPIC, _ -> {})) {
            attempts.start();
            await().until(() -> consumer.assignment().contains(partition));
            assertFalse(attempts.alreadyDone(due(first)));
            DeliveryAttempt made = new DeliveryAttempt(first, Hooks.NOW, Duration.ZERO, new Withheld("gone"));
            ProducerRecord<byte[], byte[]> record = DeliveryAttemptRecords.write(made, TOPIC, "test", 1);
            consumer.schedulePollTask(() -> consumer.addRecord(consumed(record, 7)));
            await().until(() -> attempts.alreadyDone(due(first)));
            assertFalse(attempts.alreadyDone(due(second)), "the next attempt is another one");
        }
    }
}
