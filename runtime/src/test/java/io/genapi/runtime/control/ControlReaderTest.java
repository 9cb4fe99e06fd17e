package io.genapi.runtime.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ControlReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOPIC = "genapi.control";
    private static final TopicPartition CONTROL = new TopicPartition(TOPIC, 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final ControlReader reader =
            ControlReader.ofAll("test", consumer, TOPIC, record -> taken.add(new String(record.value(), UTF_8)));

    @Test
    void takesWhatLayThereBeforeItHasCaughtUpAndThenWhatComes() {
        lie(0, "a", "b");
        reader.start();

        reader.awaitCaughtUp(PATIENCE);
        assertEquals(List.of("a", "b"), taken);
        consumer.schedulePollTask(() -> consumer.addRecord(record(2, "c")));
        await().atMost(PATIENCE).until(() -> taken.equals(List.of("a", "b", "c")));
        reader.close();
        assertTrue(consumer.closed());
    }

    @Test
    void goesOnWhereItWasAfterKafkaHasFailed() {
        lie(0, "a");
        reader.start();
        reader.awaitCaughtUp(PATIENCE);

        consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("away")));
        consumer.schedulePollTask(() -> consumer.addRecord(record(1, "b")));

        await().atMost(PATIENCE).until(() -> taken.equals(List.of("a", "b")));
        reader.close();
    }

    @Test
    void failsTheStartOfWhoeverWaitsForATopicThatCannotBeRead() {
        consumer.setOffsetsException(new KafkaException("away"));
        reader.start();

        StartException failure = assertThrows(StartException.class, () -> reader.awaitCaughtUp(Duration.ofMillis(20)));
        assertTrue(failure.toString().contains(TOPIC), failure::toString);
        assertFalse(reader.isCaughtUp());
        reader.close();
    }

    private void lie(long begin, String... values) {
        consumer.updateBeginningOffsets(Map.of(CONTROL, begin));
        consumer.updateEndOffsets(Map.of(CONTROL, begin + values.length));
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < values.length; i++) {
                consumer.addRecord(record(begin + i, values[i]));
            }
        });
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], value.getBytes(UTF_8));
    }
}
