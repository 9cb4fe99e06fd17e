package io.genapi.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.genapi.schemas.control.Attachment;
import io.genapi.schemas.control.Cancellation;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.job.JobEvent;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class RecordSchemasTest {

    private static final RequestRecords REQUESTS = new RequestRecords(TopicNames.STANDARD);

    @ParameterizedTest
    @MethodSource("written")
    void everyRecordThatACodecWritesIsAsTheContractSays(ProducerRecord<byte[], byte[]> record) {
        assertEquals(List.of(), SchemaCheck.problems(record));
        assertEquals(List.of(), SchemaCheck.problems(Samples.consumed(record)));
    }

    @ParameterizedTest
    @MethodSource("strict")
    void anUnknownHeaderIsRefusedWhereTheBrokerIsTheOnlyWriter(ProducerRecord<byte[], byte[]> record) {
        record.headers().add("x-unheard-of", "1".getBytes(UTF_8));
        assertFalse(SchemaCheck.problems(record).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("strict")
    void aRecordWithoutAnyOneOfTheHeadersOfAllIsRefused(ProducerRecord<byte[], byte[]> record) {
        for (String name : List.of("ce_specversion", "ce_id", "ce_source", "ce_time", "content-type")) {
            Headers others = new RecordHeaders(Arrays.stream(record.headers().toArray())
                    .filter(header -> !header.key().equals(name))
                    .toArray(Header[]::new));
            ProducerRecord<byte[], byte[]> mutated =
                    new ProducerRecord<>(record.topic(), null, record.key(), record.value(), others);
            assertFalse(SchemaCheck.problems(mutated).isEmpty(), name);
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void aRecordWithoutAValueOrWithAnotherIsRefused(ProducerRecord<byte[], byte[]> record) {
        for (String value : List.of("", "nonsense", "[]", "{}", "{\"unheard_of\":1}", "{\"error\":{}}")) {
            ProducerRecord<byte[], byte[]> mutated =
                    new ProducerRecord<>(record.topic(), null, record.key(), value.getBytes(UTF_8), record.headers());
            assertFalse(SchemaCheck.problems(mutated).isEmpty(), value);
        }
        assertFalse(SchemaCheck.problems(Samples.consumed(record.topic(), record.key(), null, record.headers()))
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "status,running",
        "status,failed", // whose value must then be an error
        "http-status,OK",
        "http-status,99",
        "attempts,-1",
        "cost-usd,1E-7",
        "cost-usd,free",
        "queued-ms,1.5",
        "run,0A1B2C3D",
        "run,''", // whoever says how many pieces says of which run
        "deltas,0",
        "deltas,''",
        "ce_time,yesterday",
        "ce_type,genapi.job.completed.v2",
        "traceparent,me",
    })
    void aResultWithAWrongHeaderIsRefused(String name, String value) {
        ProducerRecord<byte[], byte[]> record =
                ResultRecords.write(Samples.fullResult(Samples.SPRING), "genapi.results", "/test");
        record.headers().remove(name).add(name, value.getBytes(UTF_8));
        assertFalse(SchemaCheck.problems(record).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"run,0a1b2c3", "run,''", "seq,-1", "seq,''", "last,false", "ce_type,genapi.job.delta.v2"})
    void aPieceWithAWrongHeaderIsRefused(String name, String value) {
        ProducerRecord<byte[], byte[]> record =
                DeltaRecords.write(Samples.delta(1, true, Samples.SPRING), "genapi.deltas", "/test");
        assertEquals(List.of(), SchemaCheck.problems(record));
        record.headers().remove(name).add(name, value.getBytes(UTF_8));
        assertFalse(SchemaCheck.problems(record).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"deadline,tomorrow", "prefer,hurry", "ce_time,now", "ce_specversion,2.0"})
    void aRequestWithAWrongHeaderIsRefused(String name, String value) {
        ProducerRecord<byte[], byte[]> record = REQUESTS.write(Samples.bareRequest(), "/test", 24);
        assertEquals(List.of(), SchemaCheck.problems(record));
        record.headers().remove(name).add(name, value.getBytes(UTF_8));
        assertFalse(SchemaCheck.problems(record).isEmpty());
    }

    @Test
    void aRequestNeedsOnlyAValueAndMayCarryMore() {
        assertEquals(
                List.of(),
                SchemaCheck.problems(
                        Samples.consumed("genapi.requests.default", null, Samples.REQUEST_BODY, Samples.headers())));
        assertEquals(
                List.of(),
                SchemaCheck.problems(Samples.consumed(
                        "genapi.requests.default", null, Samples.REQUEST_BODY, Samples.headers("theirs", "1"))));
    }

    @Test
    void aDeadLetterKeepsItsHeadersAndSaysWhyAndWhere() {
        Headers headers = Samples.headers(
                "ce_type", "theirs.v9",
                "dead-letter-reason", "unknown",
                "dead-letter-topic", "genapi.requests.default",
                "dead-letter-partition", "0",
                "dead-letter-offset", "9007199254740993");
        assertEquals(List.of(), SchemaCheck.problems(Samples.consumed("genapi.dead-letters", null, null, headers)));
        headers.remove("dead-letter-offset");
        assertFalse(SchemaCheck.problems(Samples.consumed("genapi.dead-letters", null, null, headers))
                .isEmpty());
    }

    @Test
    void aHeartbeatWithAWrongFieldIsRefused() {
        ProducerRecord<byte[], byte[]> record = HeartbeatRecords.write(
                Samples.heartbeat(Heartbeat.Service.WORKER, false, Samples.health(VendorHealth.Status.HEALTHY, true)),
                "genapi.control");
        for (String[] change : new String[][] {
            {"service", "\"toaster\""},
            {"address", "\"not a uri\""},
            {"at", "\"noon\""},
            {"interval_ms", "0"},
            {"stopping", "null"},
            {"vendors", "[{}]"},
            {"more", "1"}
        }) {
            ObjectNode value = (ObjectNode) SchemaCheck.JSON.readTree(record.value());
            value.set(change[0], SchemaCheck.JSON.readTree(change[1]));
            assertFalse(SchemaCheck.problems("heartbeat.schema.json", value).isEmpty(), change[0]);
        }
    }

    @Test
    void aJobShowsItsResultOnlyIfItSucceededAndItsErrorOnlyIfItEndedOtherwise() {
        ObjectNode queued = (ObjectNode) SchemaCheck.schema("job.schema.json")
                .getSchemaNode()
                .path("examples")
                .path(0);
        assertEquals(List.of(), SchemaCheck.problems("job.schema.json", queued));
        ObjectNode succeeded = queued.deepCopy().put("status", "succeeded").put("completed_at", "2026-01-31T12:00:00Z");
        assertFalse(SchemaCheck.problems("job.schema.json", succeeded).isEmpty());
        succeeded.set("result", SchemaCheck.JSON.readTree(Samples.COMPLETION));
        assertEquals(List.of(), SchemaCheck.problems("job.schema.json", succeeded));
        assertFalse(SchemaCheck.problems("job.schema.json", succeeded.deepCopy().put("status", "failed"))
                .isEmpty());
        assertFalse(SchemaCheck.problems("job.schema.json", succeeded.deepCopy().put("status", "running"))
                .isEmpty());
        succeeded.set("error", SchemaCheck.JSON.readTree(Samples.ERROR).path("error"));
        assertFalse(SchemaCheck.problems("job.schema.json", succeeded).isEmpty());
        succeeded.put("status", "failed").remove("result");
        assertEquals(List.of(), SchemaCheck.problems("job.schema.json", succeeded));
    }

    static Stream<ProducerRecord<byte[], byte[]>> written() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(REQUESTS.write(Samples.bareRequest(), "/test", 24));
        for (Lane lane : Lane.values()) {
            records.add(REQUESTS.write(Samples.fullRequest(lane, Samples.SPRING), "/test", 24));
            records.add(REQUESTS.write(Samples.claimedRequest(lane), "/test", 24));
        }
        return Stream.concat(records.stream(), strict());
    }

    static Stream<ProducerRecord<byte[], byte[]>> strict() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(ResultRecords.write(Samples.fullResult(Samples.SPRING), "genapi.results", "/test"));
        records.add(ResultRecords.write(Samples.fullResult(Samples.ZILLA), "genapi.results", "/test"));
        for (JobStatus status : JobStatus.values()) {
            if (status.isTerminal()) {
                records.add(ResultRecords.write(
                        Samples.bareResult(status, Duration.ofMillis(-5)), "orders.answers", "/test"));
            }
        }
        records.add(DeltaRecords.write(Samples.delta(0, false, Samples.ZILLA), "genapi.deltas", "/test"));
        records.add(DeltaRecords.write(Samples.delta(12, true, Samples.SPRING), "genapi.deltas", "/test"));
        for (JobEvent.Kind kind : JobEvent.Kind.values()) {
            records.add(EventRecords.write(
                    Samples.event(kind, Samples.ZILLA, Optional.of("half a pair: \ud83d")), "genapi.events", "/test"));
            records.add(EventRecords.write(
                    Samples.event(kind, Samples.SPRING, Optional.empty()), "genapi.events", "/test"));
        }
        VendorHealth[] vendors = Arrays.stream(VendorHealth.Status.values())
                .map(status -> Samples.health(status, status != VendorHealth.Status.UNKNOWN))
                .toArray(VendorHealth[]::new);
        for (Heartbeat.Service service : Heartbeat.Service.values()) {
            records.add(HeartbeatRecords.write(Samples.heartbeat(service, false, vendors), "genapi.control"));
            records.add(HeartbeatRecords.write(Samples.heartbeat(service, true), "genapi.control"));
        }
        records.add(AttachmentRecords.write(new Attachment(Samples.ID, Samples.NOW), "genapi.control", "/test"));
        records.add(CancellationRecords.write(new Cancellation(Samples.ID, Samples.NOW), "genapi.control", "/test"));
        Samples.sightings()
                .forEach(sighting -> records.add(SightingRecords.write(sighting, "genapi.control", "/test")));
        Samples.catalogNotices()
                .forEach(notice -> records.add(CatalogNoticeRecords.write(notice, "genapi.control", "/test")));
        WebhookSamples.events()
                .forEach(event -> records.add(WebhookEventRecords.write(event, "genapi.webhook-events", "/test", 24)));
        WebhookSamples.wishes()
                .forEach(wish -> records.add(RedeliveryRecords.write(wish, "genapi.webhook-events", "/test", 24)));
        WebhookSamples.attempts()
                .forEach(attempt ->
                        records.add(DeliveryAttemptRecords.write(attempt, "genapi.webhook-attempts", "/test", 24)));
        records.add(DeliveryRecords.write(WebhookSamples.delivery(), "genapi.webhooks", "/test"));
        return records.stream();
    }
}
