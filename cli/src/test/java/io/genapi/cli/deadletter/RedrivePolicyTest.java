package io.genapi.cli.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedrivePolicyTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String REQUESTS = "genapi.requests.flex";
    private static final JobId ID = JobId.derive(NOW, "sample");

    private final RedrivePolicy policy = new RedrivePolicy(TopicNames.STANDARD, () -> NOW, new SplittableRandom(1));

    @Test
    void leavesAJobThatHadNoEndAsItWas() {
        Headers headers = headers("ce_type", "genapi.job.requested.v2", "deadline", "2020-01-01T00:00:00Z");
        var same = same(original(REQUESTS, ID.bytes(), headers), true);
        assertEquals(ID, same.id());
        assertArrayEquals(ID.bytes(), same.record().key());
        assertEquals(headers, same.record().headers());
        assertArrayEquals(new byte[] {'{', '}'}, same.record().value());
        assertEquals(REQUESTS, same.record().topic());
        assertNull(same.record().partition());
    }

    @Test
    void keepsTheIdThatWasDerivedFromWhereTheRecordLay() {
        for (Optional<byte[]> given : List.of(Optional.<byte[]>empty(), Optional.of("order 7".getBytes(UTF_8)))) {
            byte @Nullable [] key = given.orElse(null);
            ConsumerRecord<byte[], byte[]> original = original(REQUESTS, key, new RecordHeaders());
            var same = same(original, true);
            assertEquals(RequestRecords.idOf(original), same.id());
            assertArrayEquals(same.id().bytes(), same.record().key());
        }
    }

    @Test
    void saysOfARecordWithAnIdempotencyKeyWhereItLay() {
        ConsumerRecord<byte[], byte[]> original = original(REQUESTS, null, headers("idempotency-key", "once"));
        var same = same(original, true);
        assertEquals(RequestRecords.idOf(original), same.id(), "the key's job");
        assertEquals(same.id(), RequestRecords.idOf(consumed(same.record())));
        assertEquals("genapi.requests.flex/3/42", text(same.record(), "redrive-from"));
        assertEquals(
                RequestRecords.idWithoutKey(original),
                RequestRecords.idWithoutKey(consumed(same.record())),
                "which ends as refused if the key stands for another request");
        assertNull(original.headers().lastHeader("redrive-from"), "the letter is not touched");

        var again = same(consumed(same.record()), true);
        assertEquals("genapi.requests.flex/3/42", text(again.record(), "redrive-from"), "the first place of all");
        var fresh = fresh(consumed(same.record()));
        assertNull(fresh.record().headers().lastHeader("redrive-from"));
    }

    @Test
    void makesANewJobOfOneThatHasEndedAndSaysOfWhich() {
        Headers headers = headers(
                "ce_id", ID.value(),
                "ce_time", "2026-01-30T12:00:00Z",
                "tenant", "acme",
                "prefer", "wait",
                "idempotency-key", "once",
                "deadline", "2026-01-30T12:10:00Z",
                "reply-topic", "answers",
                "redrive-of", "job_00000000000000000000000000");
        ConsumerRecord<byte[], byte[]> original = original(REQUESTS, ID.bytes(), headers);
        var fresh = fresh(original);
        assertEquals(ID, fresh.ended());
        assertNotEquals(ID, fresh.id());
        JobRequest before = accepted(original);
        JobRequest after = accepted(consumed(fresh.record()));
        assertEquals(fresh.id(), after.id());
        assertEquals(before.correlation(), after.correlation(), "it was derived from the id, and is written down now");
        assertEquals(NOW, after.submittedAt());
        assertEquals(Optional.empty(), after.deadline());
        assertEquals(Optional.empty(), after.idempotencyKey());
        assertEquals(before.tenant(), after.tenant());
        assertEquals(before.replyTopic(), after.replyTopic());
        assertEquals(ID.value(), text(fresh.record(), "redrive-of"));
        assertEquals(fresh.id().value(), text(fresh.record(), "ce_id"));
        assertNull(fresh.record().headers().lastHeader("prefer"));
        assertEquals("wait", new String(headers.lastHeader("prefer").value(), UTF_8), "the letter is not touched");
    }

    /** Its body lies elsewhere, and is another job's as well as the first one's. */
    @Test
    void takesAClaimCheckAlong() {
        Headers headers = headers(
                "claim-check",
                "claim-019c142c5e00-" + "0".repeat(32),
                "claim-check-place",
                "0".repeat(32),
                "claim-check-length",
                "2",
                "claim-check-sha256",
                "0".repeat(64));
        var original = original(REQUESTS, ID.bytes(), headers);
        assertEquals(
                accepted(original).claim(),
                accepted(consumed(same(original, true).record())).claim());
        var decision = policy.decide(new DeadLetter(original, "a bug", Optional.of(ID), true));
        var again = assertInstanceOf(RedriveDecision.NewJob.class, decision);
        assertTrue(accepted(original).claim().isPresent());
        assertEquals(
                accepted(original).claim(), accepted(consumed(again.record())).claim());
    }

    @Test
    void keepsADeadlineThatIsStillAhead() {
        var fresh = fresh(original(REQUESTS, ID.bytes(), headers("deadline", "2026-02-01T00:00:00Z")));
        assertEquals("2026-02-01T00:00:00Z", text(fresh.record(), "deadline"));
    }

    @Test
    void keepsACorrelationIdThatCameUnderAnotherName() {
        var fresh = fresh(original(REQUESTS, ID.bytes(), headers("kafka_correlationId", "mine")));
        assertNull(fresh.record().headers().lastHeader("correlation-id"));
        assertEquals("mine", text(fresh.record(), "kafka_correlationId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"genapi.results", "orders", "other.requests.flex", "genapi.dead-letters"})
    void putsNothingBackWhereNoWorkerTakesJobs(String topic) {
        var decision = policy.decide(
                new DeadLetter(original(topic, ID.bytes(), new RecordHeaders()), "bug", Optional.of(ID), true));
        assertTrue(assertInstanceOf(RedriveDecision.Impossible.class, decision)
                .reason()
                .contains(topic));
    }

    @Test
    void saysWhereARecordLiesThatIsInNoLetter() {
        var decision = policy.decide(
                new DeadLetter(original(REQUESTS, ID.bytes(), new RecordHeaders()), "large", Optional.empty(), false));
        assertTrue(assertInstanceOf(RedriveDecision.Impossible.class, decision)
                .reason()
                .contains("topic genapi.requests.flex, partition 3, at offset 42"));
    }

    private RedriveDecision.SameJob same(ConsumerRecord<byte[], byte[]> original, boolean whole) {
        return assertInstanceOf(
                RedriveDecision.SameJob.class,
                policy.decide(new DeadLetter(original, "too new", Optional.empty(), whole)));
    }

    private RedriveDecision.NewJob fresh(ConsumerRecord<byte[], byte[]> original) {
        return assertInstanceOf(
                RedriveDecision.NewJob.class, policy.decide(new DeadLetter(original, "bug", Optional.of(ID), true)));
    }

    private static JobRequest accepted(ConsumerRecord<byte[], byte[]> record) {
        return assertInstanceOf(RequestReading.Accepted.class, new RequestRecords(TopicNames.STANDARD).read(record))
                .request();
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        return original(record.topic(), record.key(), record.headers());
    }

    private static String text(ProducerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static Headers headers(String... namesAndValues) {
        Headers headers = new RecordHeaders();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            headers.add(namesAndValues[at], namesAndValues[at + 1].getBytes(UTF_8));
        }
        return headers;
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a key may be absent.
    private static ConsumerRecord<byte[], byte[]> original(String topic, byte @Nullable [] key, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                3,
                42,
                NOW.minusSeconds(3600).toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                new byte[] {'{', '}'},
                headers,
                Optional.empty());
    }
}
