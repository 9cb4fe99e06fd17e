package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.control.Sighting;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SightingRecordsTest {

    private static final String TOPIC = "genapi.control";

    @Test
    void isReadAsItWasWritten() {
        for (Sighting sighting : Samples.sightings()) {
            assertEquals(Optional.of(sighting), SightingRecords.read(consumed(write(sighting))));
        }
    }

    @Test
    void isKeyedByWhatItIsAboutSoThatTheLastIsKept() {
        assertEquals(
                List.of(
                        "sighting/worker-1/north/api-key/a/model: of *",
                        "sighting/worker-1/north/api-key/gpt-4o",
                        "sighting/worker-1/north/api-key/gpt-4o",
                        "sighting/worker-1/north/api-key"),
                Samples.sightings().stream()
                        .map(sighting -> new String(write(sighting).key(), UTF_8))
                        .toList());
    }

    @Test
    void whatElseLiesOnTheControlTopicIsNoSighting() {
        ProducerRecord<byte[], byte[]> record = write(Samples.sightings().getFirst());
        assertEquals(Optional.empty(), HeartbeatRecords.read(consumed(record)));
        assertEquals(Optional.empty(), SightingRecords.read(consumed(TOPIC, record.key(), null, record.headers())));
        record.headers().add("ce_type", EventTypes.HEARTBEAT.getBytes(UTF_8));
        assertEquals(Optional.empty(), SightingRecords.read(consumed(record)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "nonsense", "{}"})
    void anotherValueIsNone(String value) {
        assertEquals(Optional.empty(), read(value.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "worker | null",
                "at | \"noon\"",
                "vendor | \"\"",
                "key | null",
                "found | null",
                "found | \"lost\"",
                "found | \"fails\"",
                "model | null",
                "since | null",
                "since | \"noon\"",
                "until | null",
            })
    void aWrongFieldMakesItNone(String field, String json) {
        ObjectNode value = (ObjectNode)
                SchemaCheck.JSON.readTree(write(Samples.sightings().getFirst()).value());
        assertTrue(read(SchemaCheck.JSON.writeValueAsBytes(value)).isPresent());
        value.set(field, SchemaCheck.JSON.readTree(json));
        assertEquals(Optional.empty(), read(SchemaCheck.JSON.writeValueAsBytes(value)));
    }

    private static ProducerRecord<byte[], byte[]> write(Sighting sighting) {
        return SightingRecords.write(sighting, TOPIC, "/test");
    }

    private static Optional<Sighting> read(byte[] value) {
        return SightingRecords.read(consumed(TOPIC, null, value, headers("ce_type", EventTypes.SIGHTING)));
    }
}
