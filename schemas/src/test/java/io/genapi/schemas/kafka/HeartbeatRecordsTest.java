package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.job.VendorName;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class HeartbeatRecordsTest {

    @ParameterizedTest
    @EnumSource(Heartbeat.Service.class)
    void isReadAsItWasWritten(Heartbeat.Service service) {
        Heartbeat heartbeat = Samples.heartbeat(
                service,
                false,
                Samples.health(VendorHealth.Status.DEGRADED, true),
                Samples.health(VendorHealth.Status.UNKNOWN, false));
        ProducerRecord<byte[], byte[]> record = HeartbeatRecords.write(heartbeat, "genapi.control");
        assertEquals(
                service.name().toLowerCase(java.util.Locale.ROOT) + "/one-of-them", new String(record.key(), UTF_8));
        assertEquals(Optional.of(heartbeat), HeartbeatRecords.read(consumed(record)));
    }

    @Test
    void countsForThreeIntervalsUnlessItIsTheLast() {
        assertEquals(
                Samples.NOW.plusSeconds(15),
                Samples.heartbeat(Heartbeat.Service.STORE, false).validUntil());
        assertEquals(
                Samples.NOW, Samples.heartbeat(Heartbeat.Service.STORE, true).validUntil());
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
                "service | null",
                "service | \"toaster\"",
                "instance | null",
                "address | null",
                "address | \"not a uri\"",
                "started_at | null",
                "at | \"noon\"",
                "interval_ms | null",
                "places | [null]",
                "places | \"one\"",
                "vendors | null",
                "vendors | [null]",
                "vendors | [{}]",
                "vendors | [{\"name\":\"a\",\"status\":\"odd\",\"error_rate\":0}]",
                "vendors | [{\"name\":\"a\",\"status\":\"healthy\",\"error_rate\":1.5}]",
                "vendors | [{\"name\":\"a\",\"status\":\"healthy\",\"error_rate\":0,\"last_check\":\"noon\"}]",
            })
    void aWrongFieldMakesItNone(String field, String json) {
        ObjectNode value = (ObjectNode) SchemaCheck.JSON.readTree(
                HeartbeatRecords.write(Samples.heartbeat(Heartbeat.Service.WORKER, false), "genapi.control")
                        .value());
        assertTrue(read(SchemaCheck.JSON.writeValueAsBytes(value)).isPresent());
        value.set(field, SchemaCheck.JSON.readTree(json));
        assertEquals(Optional.empty(), read(SchemaCheck.JSON.writeValueAsBytes(value)));
    }

    @Test
    void anOlderWorkerTellsNoPlace() {
        ObjectNode value = (ObjectNode) SchemaCheck.JSON.readTree(
                HeartbeatRecords.write(Samples.heartbeat(Heartbeat.Service.WORKER, false), "genapi.control")
                        .value());
        value.remove("places");
        assertEquals(
                Set.of(),
                read(SchemaCheck.JSON.writeValueAsBytes(value)).orElseThrow().places());
    }

    @Test
    void anotherTypeOrATombstoneIsNone() {
        ProducerRecord<byte[], byte[]> record =
                HeartbeatRecords.write(Samples.heartbeat(Heartbeat.Service.WORKER, false), "genapi.control");
        assertEquals(
                Optional.empty(),
                HeartbeatRecords.read(consumed(record.topic(), record.key(), null, record.headers())));
        record.headers().remove("ce_type");
        assertEquals(Optional.empty(), HeartbeatRecords.read(consumed(record)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void anErrorRateIsAShare(double rate) {
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> new VendorHealth(
                                new VendorName("openai"),
                                VendorHealth.Status.HEALTHY,
                                Optional.empty(),
                                Optional.empty(),
                                rate))
                .getMessage());
        assertTrue(message.contains("openai"), message);
        assertTrue(message.contains(String.valueOf(rate)), message);
    }

    private static Optional<Heartbeat> read(byte[] value) {
        return HeartbeatRecords.read(
                consumed("genapi.control", null, value, headers("ce_type", "genapi.control.heartbeat.v1")));
    }
}
