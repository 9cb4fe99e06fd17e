package io.genapi.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.Lane;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDocumentTest {

    @Test
    void isReadAsItWasWritten() {
        ConsumerRecord<byte[], byte[]> record = Samples.consumed(new RequestRecords(TopicNames.STANDARD)
                .write(Samples.fullRequest(Lane.FLEX, Samples.SPRING), "/test", 24));
        record.headers().add("theirs", null).add("theirs", new byte[] {(byte) 0xff, 0});

        ConsumerRecord<byte[], byte[]> read =
                RecordDocument.read(RecordDocument.write(record)).orElseThrow();

        assertEquals(RequestRecords.placeOf(record), RequestRecords.placeOf(read));
        assertEquals(record.timestamp(), read.timestamp());
        assertArrayEquals(record.key(), read.key());
        assertArrayEquals(record.value(), read.value());
        assertEquals(record.headers(), read.headers());
    }

    @Test
    void aRecordMayHaveNeitherKeyNorValue() {
        ConsumerRecord<byte[], byte[]> read = RecordDocument.read(
                        RecordDocument.write(new ConsumerRecord<>("topic", 3, 4, null, null)))
                .orElseThrow();
        assertEquals("topic-3@4", read.topic() + "-" + read.partition() + "@" + read.offset());
        assertEquals(Optional.empty(), Optional.ofNullable(read.key()));
        assertEquals(Optional.empty(), Optional.ofNullable(read.value()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "null", "[]", "{}", "{\"topic\":\"t\",\"headers\":[{}]}"})
    void whatIsNoDocumentIsNotTakenForOne(String json) {
        assertEquals(Optional.empty(), RecordDocument.read(json.getBytes(UTF_8)));
    }
}
