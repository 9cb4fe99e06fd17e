package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.control.CatalogNotice;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CatalogNoticeRecordsTest {

    private static final String TOPIC = "genapi.control";

    @Test
    void isReadAsItWasWrittenAndKeyedByWhoSaysIt() {
        for (CatalogNotice notice : Samples.catalogNotices()) {
            assertEquals(Optional.of(notice), CatalogNoticeRecords.read(consumed(write(notice))));
            assertEquals("catalog/worker-1", new String(write(notice).key(), UTF_8));
        }
    }

    @Test
    void whatElseLiesOnTheControlTopicIsNoNotice() {
        ProducerRecord<byte[], byte[]> record = write(Samples.catalogNotices().getFirst());
        assertEquals(Optional.empty(), SightingRecords.read(consumed(record)));
        assertEquals(
                Optional.empty(), CatalogNoticeRecords.read(consumed(TOPIC, record.key(), null, record.headers())));
        record.headers().add("ce_type", EventTypes.SIGHTING.getBytes(UTF_8));
        assertEquals(Optional.empty(), CatalogNoticeRecords.read(consumed(record)));
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
                "question | null",
                "instance | null",
                "at | \"noon\"",
                "said | null",
                "said | \"maybe\"",
                "changes | null",
                "changes | 7",
                "reason | null"
            })
    void aWrongFieldMakesItNone(String field, String json) {
        ObjectNode value = (ObjectNode) SchemaCheck.JSON.readTree(
                write(Samples.catalogNotices().getLast()).value());
        assertTrue(read(SchemaCheck.JSON.writeValueAsBytes(value)).isPresent());
        value.set(field, SchemaCheck.JSON.readTree(json));
        assertEquals(Optional.empty(), read(SchemaCheck.JSON.writeValueAsBytes(value)));
    }

    private static ProducerRecord<byte[], byte[]> write(CatalogNotice notice) {
        return CatalogNoticeRecords.write(notice, TOPIC, "/test");
    }

    private static Optional<CatalogNotice> read(byte[] value) {
        return CatalogNoticeRecords.read(consumed(TOPIC, null, value, headers("ce_type", EventTypes.CATALOG_NOTICE)));
    }
}
