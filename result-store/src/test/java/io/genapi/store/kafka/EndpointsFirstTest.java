package io.genapi.store.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.control.LogUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kafka Streams is handed while the endpoints can be told, and while they cannot. */
class EndpointsFirstTest {
    private static final TopicPartition RESULTS = new TopicPartition("genapi.results", 0);
    private static final TopicPartition EVENTS = new TopicPartition("genapi.webhook-events", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private boolean kafkaTells = true;
    private int readings;
    private int generation = 1;
    private final EndpointsFirst endpoints = new EndpointsFirst(_ -> read());
    private final EndpointsFirst.ForConsumer first = endpoints.of(consumer, () -> generation);

    private void read() {
        readings++;
        if (!kafkaTells) {
            throw new LogUnavailableException("topic 'genapi.webhook-endpoints' does not tell its end");
        }
    }

    @BeforeEach
    void start() {
        consumer.assign(List.of(RESULTS, EVENTS));
        consumer.updateBeginningOffsets(Map.of(RESULTS, 0L, EVENTS, 0L));
    }

    @AfterEach
    void stop() {
        consumer.close();
    }

    private void write(TopicPartition partition, long offset) {
        consumer.addRecord(new ConsumerRecord<>(partition.topic(), 0, offset, new byte[0], new byte[0]));
    }

    private List<String> poll() {
        List<String> handed = new ArrayList<>();
        first.pass(consumer.poll(Duration.ZERO)).forEach(record -> handed.add(record.topic() + "@" + record.offset()));
        return handed.stream().sorted().toList();
    }

    @Test
    void theEndpointsAreReadOnceForAllRecordsOfAPollAndNotWithoutAny() {
        assertEquals(List.of(), poll());
        assertEquals(1, readings, "what lies in the store may need it");
        assertEquals(List.of(), poll());
        assertEquals(1, readings);
        write(RESULTS, 0);
        write(RESULTS, 1);
        write(EVENTS, 0);
        assertEquals(List.of("genapi.results@0", "genapi.results@1", "genapi.webhook-events@0"), poll());
        assertEquals(2, readings);
    }

    @Test
    void recordsWaitWhileTheEndpointsCannotBeTold() {
        assertFalse(endpoints.isCurrent());
        assertEquals(List.of(), poll());
        assertTrue(endpoints.isCurrent());
        write(RESULTS, 0);
        write(EVENTS, 0);
        write(EVENTS, 1);
        kafkaTells = false;
        assertEquals(List.of(), poll());
        assertFalse(endpoints.isCurrent());
        assertTrue(endpoints.problem().orElseThrow().contains("does not tell its end"));
        assertEquals(0, consumer.position(EVENTS), "they are read again");

        kafkaTells = true;
        write(RESULTS, 0);
        write(EVENTS, 0);
        write(EVENTS, 1);
        assertEquals(List.of("genapi.results@0", "genapi.webhook-events@0", "genapi.webhook-events@1"), poll());
        assertEquals(Optional.empty(), endpoints.problem());
    }

    @Test
    void whoTakesOverWorkReadsTheEndpointsAgain() {
        poll();
        generation = 2;
        kafkaTells = false;
        assertEquals(List.of(), poll());
        assertFalse(endpoints.isCurrent());
        kafkaTells = true;
        assertEquals(List.of(), poll());
        assertTrue(endpoints.isCurrent());
        assertEquals(3, readings);
        poll();
        assertEquals(3, readings);
    }

    @Test
    void aStreamThreadThatIsReplacedReadsThemAgain() {
        poll();
        endpoints.of(consumer, () -> generation).pass(consumer.poll(Duration.ZERO));
        assertEquals(2, readings);
    }

    @Test
    void isStoppedWhileItWaits() {
        EndpointsFirst waiting = new EndpointsFirst(_ -> {
            throw new InterruptedException();
        });
        assertThrows(
                InterruptException.class,
                () -> waiting.of(consumer, () -> generation).pass(consumer.poll(Duration.ZERO)));
        assertTrue(Thread.interrupted(), "Kafka Streams sees that it is to stop");
    }
}
