package io.genapi.runtime.heartbeat;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.kafka.HeartbeatRecords;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PeerDirectoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "genapi.control";
    private static final TopicPartition CONTROL = new TopicPartition(TOPIC, 0);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            return Map.of(CONTROL, new OffsetAndTimestamp(0, 0));
        }
    };
    private volatile Instant now = NOW;

    @Test
    void knowsWhoLivesByWhenItWasHeardOfWhateverItsOwnClockSays() {
        consumer.updateBeginningOffsets(Map.of(CONTROL, 0L));
        consumer.updateEndOffsets(Map.of(CONTROL, 1L));
        consumer.schedulePollTask(() -> consumer.addRecord(beat(0, "of-before", NOW.minusSeconds(30))));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(beat(1, "behind", NOW.minusSeconds(20)));
            consumer.addRecord(beat(2, "ahead", NOW.plusSeconds(20)));
        });
        try (PeerDirectory peers = new PeerDirectory(consumer, TOPIC, () -> now)) {
            peers.start();
            await().atMost(PATIENCE)
                    .until(() -> peers.heardOf(Heartbeat.Service.WORKER).size() == 3);

            assertEquals(List.of("ahead", "behind"), alive(peers));

            now = NOW.plusSeconds(6);
            assertEquals(List.of(), alive(peers));
        }
    }

    private static List<String> alive(PeerDirectory peers) {
        return peers.alive(Heartbeat.Service.WORKER).stream()
                .map(Heartbeat::instance)
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> beat(long offset, String instance, Instant at) {
        Heartbeat beat = new Heartbeat(
                Heartbeat.Service.WORKER,
                instance,
                URI.create("http://127.0.0.1:1"),
                NOW,
                at,
                Duration.ofSeconds(2),
                false,
                List.of(),
                Optional.empty());
        ProducerRecord<byte[], byte[]> sent = HeartbeatRecords.write(beat, TOPIC);
        return new ConsumerRecord<>(
                TOPIC,
                0,
                offset,
                at.toEpochMilli(),
                TimestampType.CREATE_TIME,
                sent.key().length,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
