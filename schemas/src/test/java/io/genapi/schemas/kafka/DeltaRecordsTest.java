package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobDelta;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaRecordsTest {

    @Test
    void isReadAsItWasWritten() {
        for (Correlation correlation : List.of(Correlation.of(Samples.NOT_UTF_8), Samples.SPRING, Samples.ZILLA)) {
            for (boolean last : new boolean[] {false, true}) {
                JobDelta delta = Samples.delta(41, last, correlation);
                ProducerRecord<byte[], byte[]> record = DeltaRecords.write(delta, "genapi.deltas", "/test");
                assertArrayEquals(delta.id().bytes(), record.key());
                assertSame(delta.body(), record.value());
                assertEquals(Optional.of(delta), DeltaRecords.read(consumed(record)));
            }
        }
    }

    @Test
    void whatIsMissingHasADefaultButNotTheRunAndTheSequence() {
        JobDelta delta = DeltaRecords.read(consumed(
                        "genapi.deltas",
                        Samples.ID.bytes(),
                        Samples.CHUNK,
                        headers("ce_type", "genapi.job.delta.v1", "run", "0a1b2c3d", "seq", "7")))
                .orElseThrow();
        assertFalse(delta.last());
        assertEquals(TenantId.DEFAULT, delta.tenant());
        assertEquals(new RequestId(Samples.ID.value()), delta.requestId());
        assertEquals(Correlation.of(CorrelationId.of(Samples.ID.value())), delta.correlation());
        assertEquals(Samples.NOW.truncatedTo(ChronoUnit.MILLIS), delta.at());
    }

    @ParameterizedTest
    @CsvSource({
        "ce_type,genapi.job.delta.v2",
        "ce_type,''",
        "ce_time,noon",
        "run,''",
        "run,0a1b2c3",
        "run,0A1B2C3D",
        "seq,''",
        "seq,-1",
        "seq,first",
    })
    void aWrongHeaderMakesItNoPiece(String name, String value) {
        ProducerRecord<byte[], byte[]> record = write();
        record.headers().remove(name).add(name, value.getBytes(UTF_8));
        assertEquals(Optional.empty(), DeltaRecords.read(consumed(record)));
    }

    @Test
    void neitherATombstoneNorARecordWithoutAJobsKeyIsAPiece() {
        ProducerRecord<byte[], byte[]> record = write();
        assertEquals(
                Optional.empty(), DeltaRecords.read(consumed(record.topic(), record.key(), null, record.headers())));
        assertEquals(
                Optional.empty(), DeltaRecords.read(consumed(record.topic(), null, record.value(), record.headers())));
    }

    private static ProducerRecord<byte[], byte[]> write() {
        return DeltaRecords.write(Samples.delta(1, true, Samples.SPRING), "genapi.deltas", "/test");
    }
}
