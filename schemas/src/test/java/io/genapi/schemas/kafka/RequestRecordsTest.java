package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.Samples.consumed;
import static io.genapi.schemas.kafka.Samples.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobOrder;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRecordsTest {

    private static final String TOPIC = "genapi.requests.default";
    private static final int PARTITIONS = 24;

    private final RequestRecords records = new RequestRecords(TopicNames.STANDARD);

    @ParameterizedTest
    @EnumSource(Lane.class)
    void isReadAsItWasWritten(Lane lane) {
        for (Correlation correlation : List.of(Correlation.of(Samples.NOT_UTF_8), Samples.SPRING, Samples.ZILLA)) {
            JobRequest request = Samples.fullRequest(lane, correlation);
            ProducerRecord<byte[], byte[]> record = records.write(request, "/test", PARTITIONS);
            assertEquals("genapi.requests." + lane.wireName(), record.topic());
            assertArrayEquals(request.id().bytes(), record.key());
            assertEquals(request, accepted(consumed(record)));
        }
        JobRequest bare = Samples.bareRequest();
        assertEquals(bare, accepted(consumed(records.write(bare, "/test", PARTITIONS))));
    }

    @Test
    void aValueAloneIsAJobWithDefaults() {
        JobRequest request = accepted(consumed(TOPIC, null, Samples.REQUEST_BODY, headers()));
        assertEquals(Lane.DEFAULT, request.lane());
        assertEquals(TenantId.DEFAULT, request.tenant());
        assertEquals(Samples.NOW.truncatedTo(ChronoUnit.MILLIS), request.submittedAt());
        assertEquals(request.submittedAt(), request.id().createdAt());
        assertEquals(Optional.empty(), request.correlation().aliasHeader());
        assertFalse(request.awaited());
        assertEquals(Optional.empty(), request.deadline());
        assertEquals(Optional.empty(), request.vendor());
        assertEquals(Optional.empty(), request.replyTopic());
        assertEquals(Samples.REQUEST_BODY, request.body());
    }

    @Test
    void whatIsDerivedIsTheSameOnRedeliveryAndOfNoOtherRecord() {
        JobRequest first = accepted(consumed(TOPIC, null, Samples.REQUEST_BODY, headers()));
        JobRequest again = accepted(consumed(TOPIC, null, Samples.REQUEST_BODY.clone(), headers()));
        assertEquals(first.id(), again.id());
        assertEquals(first.correlation(), again.correlation());
        assertEquals(first.requestId(), again.requestId());
        assertNotEquals(first.correlation().id().toString(), first.requestId().value());
        JobRequest elsewhere = accepted(consumed("genapi.requests.flex", null, Samples.REQUEST_BODY, headers()));
        assertNotEquals(first.id(), elsewhere.id());
        assertNotEquals(first.correlation(), elsewhere.correlation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order-4711", "job_", "job_0123456789ABCDEFGHJKMNPQRS"})
    void aKeyThatIsNoJobIdIsNotTakenForOne(String key) {
        assertEquals(
                accepted(consumed(TOPIC, null, Samples.REQUEST_BODY, headers())).id(),
                accepted(consumed(TOPIC, key.getBytes(UTF_8), Samples.REQUEST_BODY, headers()))
                        .id());
    }

    @Test
    void aRecordWithoutATimestampStillHasAnId() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(TOPIC, 0, 0, null, Samples.REQUEST_BODY);
        assertEquals(Instant.EPOCH, RequestRecords.idOf(record).createdAt());
        assertEquals(RequestRecords.idOf(record), accepted(record).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka_correlationId", "zilla:correlation-id"})
    void aCorrelationIdUnderAnotherNameIsEchoedUnderBothByteForByte(String alias) {
        Headers headers = headers();
        headers.add(alias, Samples.NOT_UTF_8.bytes());
        JobRequest request = accepted(consumed(TOPIC, null, Samples.REQUEST_BODY, headers));
        assertEquals(new Correlation(Samples.NOT_UTF_8, Optional.of(alias)), request.correlation());
        Headers echoed = ResultRecords.write(Samples.fullResult(request.correlation()), "genapi.results", "/test")
                .headers();
        assertArrayEquals(Samples.NOT_UTF_8.bytes(), last(echoed, alias));
        assertArrayEquals(Samples.NOT_UTF_8.bytes(), last(echoed, "correlation-id"));
        Headers onTheWay = records.write(request, "/test", PARTITIONS).headers();
        assertArrayEquals(Samples.NOT_UTF_8.bytes(), last(onTheWay, alias));
    }

    @Test
    void ourOwnNameOfTheCorrelationIdComesFirst() {
        JobRequest request = accepted(consumed(
                TOPIC,
                null,
                Samples.REQUEST_BODY,
                headers("kafka_correlationId", "theirs", "correlation-id", "ours", "zilla:correlation-id", "other")));
        assertEquals(Correlation.of(CorrelationId.of("ours")), request.correlation());
        assertNull(records.write(request, "/test", PARTITIONS).headers().lastHeader("kafka_correlationId"));
    }

    @Test
    void aReplyTopicIsReadUnderItsOtherNamesToo() {
        for (String name : List.of("reply-topic", "kafka_replyTopic", "zilla:reply-to")) {
            assertEquals(
                    Optional.of("answers"),
                    accepted(consumed(TOPIC, null, Samples.REQUEST_BODY, headers(name, "answers")))
                            .replyTopic());
        }
        assertEquals(
                Optional.of("ours"),
                accepted(consumed(
                                TOPIC,
                                null,
                                Samples.REQUEST_BODY,
                                headers("kafka_replyTopic", "theirs", "reply-topic", "ours")))
                        .replyTopic());
    }

    @Test
    void ofARepeatedHeaderTheLastCountsAndAnEmptyOneIsAbsent() {
        JobRequest request = accepted(consumed(
                TOPIC,
                null,
                Samples.REQUEST_BODY,
                headers("vendor", "a", "vendor", "b", "tenant", "", "request-id", " ", "deadline", "")
                        .add("reply-topic", null)));
        assertEquals(Optional.of(new VendorName("b")), request.vendor());
        assertEquals(TenantId.DEFAULT, request.tenant());
        assertNotEquals(" ", request.requestId().value());
        assertEquals(Optional.empty(), request.deadline());
        assertEquals(Optional.empty(), request.replyTopic());
    }

    @ParameterizedTest
    @CsvSource({
        "deadline,tomorrow",
        "deadline,1769860800",
        "deadline,2026-01-31",
        "deadline,2026-01-31T12:00:00",
        "deadline,+999999999-12-31T23:59:59Z",
        "deadline,-0001-01-01T00:00:00Z",
        "ce_time,now",
        "ce_time,+10000-01-01T00:00:00Z",
    })
    void aWrongInstantMakesAJobThatFailsAndNamesTheHeader(String name, String value) {
        ConsumerRecord<byte[], byte[]> record = consumed(
                TOPIC,
                Samples.ID.bytes(),
                Samples.REQUEST_BODY,
                headers(name, value, "correlation-id", "c", "request-id", "r", "tenant", "acme", "reply-topic", "a"));
        RequestReading.Invalid invalid = assertInstanceOf(RequestReading.Invalid.class, records.read(record));
        assertEquals(400, invalid.error().status());
        assertEquals(Optional.of("invalid_header"), invalid.error().code());
        assertEquals(Optional.of(name), invalid.error().param());
        assertTrue(invalid.error().message().contains("'" + name + "'"));
        assertTrue(invalid.error().message().contains("'" + value + "'"));
        assertEquals(Samples.ID, invalid.request().id());
        assertEquals(Correlation.of(CorrelationId.of("c")), invalid.request().correlation());
        assertEquals(new RequestId("r"), invalid.request().requestId());
        assertEquals(new TenantId("acme"), invalid.request().tenant());
        assertEquals(Optional.of("a"), invalid.request().replyTopic());
    }

    @Test
    void anInstantMayHaveAnOffset() {
        assertEquals(
                Optional.of(Instant.parse("2026-01-31T11:00:00Z")),
                accepted(consumed(TOPIC, null, Samples.REQUEST_BODY, headers("deadline", "2026-01-31T12:00:00+01:00")))
                        .deadline());
    }

    @ParameterizedTest
    @ValueSource(strings = {"genapi.job.requested.v2", "genapi.job.completed.v1", "com.example.other"})
    void anotherTypeOfEventIsUnreadable(String type) {
        String reason = unreadable(consumed(TOPIC, null, Samples.REQUEST_BODY, headers("ce_type", type)));
        assertTrue(reason.contains("ce_type"), reason);
        assertTrue(reason.contains(type), reason);
        assertTrue(reason.contains("genapi.job.requested.v1"), reason);
    }

    @Test
    void aTombstoneIsUnreadable() {
        assertTrue(
                unreadable(consumed(TOPIC, Samples.ID.bytes(), null, headers())).contains("no value"));
    }

    @Test
    void anotherTopicIsUnreadable() {
        assertTrue(unreadable(consumed("genapi.results", null, Samples.REQUEST_BODY, headers()))
                .contains("genapi.results"));
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void jobsOfOneOrderingKeyLieInOnePartitionOfTheirLanesTopicAndKeepTheirIds(Lane lane) {
        JobRequest request = Samples.fullRequest(lane, Samples.SPRING);
        JobOrder order = new JobOrder(new TenantId("acme"), "in order");
        ProducerRecord<byte[], byte[]> record = records.write(request, "/test", PARTITIONS);
        assertEquals(Optional.of(order), request.order());
        assertEquals("genapi.requests." + lane.wireName(), record.topic());
        assertEquals(JobPartitioner.partitionOf(order, PARTITIONS), record.partition());
        assertEquals(Optional.of(order), RequestRecords.orderOf(consumed(record)));
        assertEquals(request.id(), RequestRecords.idOf(consumed(record)));
    }

    @Test
    void aJobWithoutAnOrderingKeyLiesWhereItsIdSays() {
        ProducerRecord<byte[], byte[]> record = records.write(Samples.bareRequest(), "/test", PARTITIONS);
        assertNull(record.partition());
        assertEquals(Optional.empty(), RequestRecords.orderOf(consumed(record)));
    }

    @Test
    void theSameOrderingKeyOfAnotherTenantIsAnotherSeries() {
        Optional<JobOrder> ours = RequestRecords.orderOf(
                consumed(TOPIC, null, Samples.REQUEST_BODY, headers("ordering-key", "k", "tenant", "acme")));
        Optional<JobOrder> nobodys =
                RequestRecords.orderOf(consumed(TOPIC, null, Samples.REQUEST_BODY, headers("ordering-key", "k")));
        Optional<JobOrder> same = RequestRecords.orderOf(
                consumed(TOPIC, null, Samples.REQUEST_BODY, headers("ordering-key", "k", "tenant", "default")));
        assertNotEquals(ours, nobodys);
        assertEquals(nobodys, same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyOrderingKeyIsNone(String key) {
        ConsumerRecord<byte[], byte[]> record =
                consumed(TOPIC, null, Samples.REQUEST_BODY, headers("ordering-key", key));
        assertEquals(Optional.empty(), RequestRecords.orderOf(record));
        assertEquals(Optional.empty(), accepted(record).order());
    }

    @Test
    void recordsOfOneIdempotencyKeyAreOneJobWhereverTheyLieAndWhateverTheirOwnKeyIs() {
        JobId job = JobId.ofKey(new TenantId("acme"), "once");
        for (Lane lane : Lane.values()) {
            String topic = "genapi.requests." + lane.wireName();
            Headers headers = headers("idempotency-key", "once", "tenant", "acme");
            for (ConsumerRecord<byte[], byte[]> record : List.of(
                    consumed(topic, null, Samples.REQUEST_BODY, headers),
                    consumed(topic, "mine".getBytes(UTF_8), Samples.REQUEST_BODY, headers),
                    consumed(topic, Samples.ID.bytes(), Samples.REQUEST_BODY, headers))) {
                assertEquals(job, RequestRecords.idOf(record));
                assertEquals(job, accepted(record).id());
            }
        }
        assertNotEquals(
                job,
                RequestRecords.idOf(consumed(TOPIC, null, Samples.REQUEST_BODY, headers("idempotency-key", "once"))));
        assertEquals(
                Samples.ID,
                RequestRecords.idOf(
                        consumed(TOPIC, Samples.ID.bytes(), Samples.REQUEST_BODY, headers("idempotency-key", " "))));
    }

    @Test
    void onlyAJobIdIsAKey() {
        assertEquals(Optional.of(Samples.ID), RequestRecords.keyAsId(Samples.ID.bytes()));
        assertEquals(Optional.<JobId>empty(), RequestRecords.keyAsId(null));
        assertEquals(Optional.<JobId>empty(), RequestRecords.keyAsId(new byte[] {(byte) 0xff}));
    }

    private JobRequest accepted(ConsumerRecord<byte[], byte[]> record) {
        return assertInstanceOf(RequestReading.Accepted.class, records.read(record))
                .request();
    }

    private String unreadable(ConsumerRecord<byte[], byte[]> record) {
        return assertInstanceOf(RequestReading.Unreadable.class, records.read(record))
                .reason();
    }

    private static byte[] last(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? new byte[0] : header.value();
    }
}
