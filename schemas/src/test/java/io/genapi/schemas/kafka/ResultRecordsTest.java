package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultRecordsTest {

    @Test
    void isReadAsItWasWritten() {
        for (Correlation correlation : List.of(Correlation.of(Samples.NOT_UTF_8), Samples.SPRING, Samples.ZILLA)) {
            JobResult result = Samples.fullResult(correlation);
            ProducerRecord<byte[], byte[]> record = ResultRecords.write(result, "orders.answers", "/test");
            assertEquals("orders.answers", record.topic());
            assertArrayEquals(result.id().bytes(), record.key());
            assertSame(result.body(), record.value());
            assertEquals(Optional.of(result), ResultRecords.read(consumed(record)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"})
    void isReadAsItWasWrittenAtEachEnd(JobStatus status) {
        JobResult result = Samples.bareResult(status, Duration.ZERO);
        assertEquals(
                Optional.of(result), ResultRecords.read(consumed(ResultRecords.write(result, "genapi.results", "/t"))));
    }

    @Test
    void aSpanBetweenTwoClocksThatComesOutNegativeIsNone() {
        JobResult result = Samples.bareResult(JobStatus.SUCCEEDED, Duration.ofMillis(-20));
        assertEquals(
                Optional.of(Samples.bareResult(JobStatus.SUCCEEDED, Duration.ZERO)),
                ResultRecords.read(consumed(ResultRecords.write(result, "genapi.results", "/t"))));
    }

    @Test
    void whatIsMissingHasADefault() {
        JobResult result = ResultRecords.read(consumed(
                        "genapi.results",
                        Samples.ID.bytes(),
                        Samples.ERROR,
                        headers("ce_type", "genapi.job.completed.v1", "status", "failed")))
                .orElseThrow();
        assertEquals(500, result.httpStatus());
        assertEquals(TenantId.DEFAULT, result.tenant());
        assertEquals(new RequestId(Samples.ID.value()), result.requestId());
        assertEquals(Correlation.of(CorrelationId.of(Samples.ID.value())), result.correlation());
        assertEquals(Samples.NOW.truncatedTo(ChronoUnit.MILLIS), result.completedAt());
        assertEquals(Optional.empty(), result.usage());
    }

    @ParameterizedTest
    @CsvSource({
        "ce_type,genapi.job.completed.v2",
        "ce_type,''",
        "ce_time,noon",
        "status,running",
        "status,Succeeded",
        "status,''",
        "http-status,OK",
        "http-status,99999999999",
        "attempts,-1",
        "attempts,2147483648",
        "usage-input-tokens,+5",
        "usage-output-tokens,18446744073709551615",
        "usage-output-tokens,1.5",
        "cost-usd,free",
        "queued-ms,-1",
        "vendor-ms,soon",
        "run,0a1b2c",
        "deltas,0",
        "deltas,some",
    })
    void aWrongHeaderMakesItNoResult(String name, String value) {
        ProducerRecord<byte[], byte[]> record =
                ResultRecords.write(Samples.fullResult(Samples.SPRING), "genapi.results", "/test");
        record.headers().remove(name).add(name, value.getBytes(UTF_8));
        assertEquals(Optional.empty(), ResultRecords.read(consumed(record)));
    }

    /** The name is the vendor's, and helps its support at best: nothing that is wrong with it may cost a job its end. */
    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "über", "line\nbreak"})
    void aNameThatNoVendorGivesACallIsLeftOut(String name) {
        JobResult result = Samples.fullResult(Samples.SPRING);
        ProducerRecord<byte[], byte[]> record = ResultRecords.write(result, "genapi.results", "/test");
        record.headers().remove("vendor-request-id").add("vendor-request-id", name.getBytes(UTF_8));
        JobResult read = ResultRecords.read(consumed(record)).orElseThrow();
        assertEquals(Optional.empty(), read.vendorRequestId());
        assertEquals(result.vendor(), read.vendor());
    }

    @Test
    void neitherATombstoneNorARecordWithoutAJobsKeyIsAResult() {
        ProducerRecord<byte[], byte[]> record =
                ResultRecords.write(Samples.fullResult(Samples.SPRING), "genapi.results", "/test");
        assertEquals(
                Optional.empty(), ResultRecords.read(consumed(record.topic(), record.key(), null, record.headers())));
        assertEquals(
                Optional.empty(), ResultRecords.read(consumed(record.topic(), null, record.value(), record.headers())));
        assertEquals(
                Optional.empty(),
                ResultRecords.read(consumed(record.topic(), new byte[3], record.value(), record.headers())));
    }
}
