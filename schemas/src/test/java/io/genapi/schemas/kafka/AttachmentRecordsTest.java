package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.control.Attachment;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentRecordsTest {

    private static final Attachment ATTACHMENT = new Attachment(Samples.ID, Samples.NOW);
    private static final String TOPIC = "genapi.control";

    @Test
    void isReadAsItWasWrittenAndIsAsItsSchemasSay() {
        ProducerRecord<byte[], byte[]> record = AttachmentRecords.write(ATTACHMENT, TOPIC, "/test");
        assertEquals("attachment/" + Samples.ID, new String(record.key(), UTF_8));
        assertEquals(Optional.of(ATTACHMENT), AttachmentRecords.read(consumed(record)));
        assertEquals(List.of(), SchemaCheck.problems(record));
    }

    @Test
    void whatElseLiesOnTheControlTopicIsNoAttachment() {
        ProducerRecord<byte[], byte[]> record = AttachmentRecords.write(ATTACHMENT, TOPIC, "/test");
        assertEquals(Optional.empty(), HeartbeatRecords.read(consumed(record)));
        assertEquals(Optional.empty(), AttachmentRecords.read(consumed(TOPIC, record.key(), null, record.headers())));
        record.headers().add("ce_type", EventTypes.HEARTBEAT.getBytes(UTF_8));
        assertEquals(Optional.empty(), AttachmentRecords.read(consumed(record)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"job_id\":\"job_1\",\"attached_at\":\"2026-01-31T12:00:00Z\"}",
                "{\"job_id\":\"job_01kg9ys7g0fwkvatamf7t7wjj6\",\"attached_at\":\"soon\"}",
                "{\"job_id\":\"job_01kg9ys7g0fwkvatamf7t7wjj6\"}",
            })
    void anotherValueIsNoAttachment(String value) {
        assertEquals(
                Optional.empty(),
                AttachmentRecords.read(
                        consumed(TOPIC, null, value.getBytes(UTF_8), headers("ce_type", EventTypes.ATTACHMENT))));
    }
}
