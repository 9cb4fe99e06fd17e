package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.JobEvent;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordsTest {

    @ParameterizedTest
    @EnumSource(JobEvent.Kind.class)
    void isReadAsItWasWritten(JobEvent.Kind kind) {
        for (Correlation correlation : List.of(Correlation.of(Samples.NOT_UTF_8), Samples.SPRING, Samples.ZILLA)) {
            for (Optional<String> reason : List.of(Optional.<String>empty(), Optional.of("Überlast → 😀"))) {
                JobEvent event = Samples.event(kind, correlation, reason);
                ProducerRecord<byte[], byte[]> record = EventRecords.write(event, "genapi.events", "/test");
                assertArrayEquals(event.id().bytes(), record.key());
                assertEquals(Optional.of(event), EventRecords.read(consumed(record)));
            }
        }
    }

    @Test
    void aReasonThatUtf8CannotHoldIsMended() {
        JobEvent event = Samples.event(JobEvent.Kind.PARKED, Samples.SPRING, Optional.of("half: \ud83d"));
        assertEquals(
                Optional.of("half: ?"),
                EventRecords.read(consumed(EventRecords.write(event, "genapi.events", "/test")))
                        .flatMap(JobEvent::reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "nonsense",
                "{}",
                "{\"event\":null,\"attempt\":1}",
                "{\"attempt\":1}",
                "{\"event\":\"started\"}",
                "{\"event\":\"exploded\",\"attempt\":1}",
                "{\"event\":\"started\",\"attempt\":\"first\"}",
                "{\"event\":\"started\",\"attempt\":1,\"vendor\":\" \"}",
            })
    void anotherValueIsNoNews(String value) {
        assertEquals(Optional.empty(), read(value));
    }

    @Test
    void fieldsOfNewerVersionsArePassedOver() {
        assertEquals(
                Optional.of(JobEvent.Kind.STARTED),
                read("{\"event\":\"started\",\"attempt\":1,\"mood\":\"good\"}").map(JobEvent::kind));
    }

    @Test
    void anotherTypeKeyOrATombstoneIsNoNews() {
        ProducerRecord<byte[], byte[]> record = EventRecords.write(
                Samples.event(JobEvent.Kind.STARTED, Samples.SPRING, Optional.empty()), "genapi.events", "/test");
        assertEquals(
                Optional.empty(), EventRecords.read(consumed(record.topic(), null, record.value(), record.headers())));
        assertEquals(
                Optional.empty(), EventRecords.read(consumed(record.topic(), record.key(), null, record.headers())));
        record.headers().add("ce_type", "genapi.job.event.v2".getBytes(UTF_8));
        assertEquals(Optional.empty(), EventRecords.read(consumed(record)));
    }

    private static Optional<JobEvent> read(String value) {
        return EventRecords.read(consumed(
                "genapi.events", Samples.ID.bytes(), value.getBytes(UTF_8), headers("ce_type", "genapi.job.event.v1")));
    }
}
