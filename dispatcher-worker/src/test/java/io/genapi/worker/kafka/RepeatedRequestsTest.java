package io.genapi.worker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.run.UndecidedException;
import io.genapi.inflight.run.Verdict;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Original;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.Samples;
import io.genapi.worker.ScriptedOriginals;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.original.OriginalCheck;
import io.genapi.worker.vendor.VendorAnswer;
import io.genapi.worker.vendor.VendorOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of the records of one idempotency key. */
class RepeatedRequestsTest {

    private static final String TOPIC = "genapi.requests.default";
    private static final JobId JOB = JobId.ofKey(TenantId.DEFAULT, "once");
    private static final byte[] BODY = Samples.utf8(Samples.BODY);
    private static final byte[] ANOTHER =
            Samples.utf8("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"another\"}]}");

    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final VirtualTime time = new VirtualTime();
    private final List<JobResult> results = new ArrayList<>();
    private final ScriptedOriginals originals =
            new ScriptedOriginals().knowing(new Original(TOPIC, 3, 40, BodyDigest.of(BODY)));
    private final ScriptedSender kafka = new ScriptedSender();
    private int calls;

    @Test
    void onlyTheFirstIsRun() throws Exception {
        time.pass(SETTLED);
        JobIntake intake = intake();
        assertEquals(Verdict.done(), intake.handle(record(41, null, BODY)));
        assertEquals(Verdict.done(), intake.handle(record(40, null, BODY)));
        assertEquals(Verdict.done(), intake.handle(record(42, JOB, BODY)));
        assertEquals(1, calls);
        assertEquals(List.of(JOB), results.stream().map(JobResult::id).toList());
    }

    @Test
    void anotherRequestUnderTheKeyEndsAsAJobOfItsOwn() throws Exception {
        time.pass(SETTLED);
        ConsumerRecord<byte[], byte[]> misuse = record(41, null, ANOTHER);
        assertEquals(Verdict.done(), intake().handle(misuse));
        assertEquals(0, calls);
        JobResult refused = results.getFirst();
        assertEquals(RequestRecords.idWithoutKey(misuse), refused.id());
        assertEquals(JobStatus.FAILED, refused.status());
        assertEquals(422, refused.httpStatus());
        String error = new String(refused.body(), StandardCharsets.UTF_8);
        assertTrue(error.contains("idempotency_key_reused") && error.contains(JOB.value()), error);
    }

    @Test
    void oneThatAGatewayWroteAndRefusedItselfEndsAsNothing() throws Exception {
        time.pass(SETTLED);
        assertEquals(Verdict.done(), intake().handle(record(41, JOB, ANOTHER)));
        assertEquals(List.of(), results);
    }

    @Test
    void aWrongHeaderOfARepetitionDoesNotEndTheJob() throws Exception {
        time.pass(SETTLED);
        ConsumerRecord<byte[], byte[]> repetition = record(41, null, BODY);
        repetition.headers().add("deadline", Samples.utf8("tomorrow"));
        assertEquals(Verdict.done(), intake().handle(repetition));
        assertEquals(List.of(), results);
    }

    @Test
    void noneIsDroppedWhileARestartOfTheStoreMightMakeItTheFirst() throws Exception {
        JobIntake intake = intake();
        for (byte[] body : List.of(BODY, ANOTHER)) {
            assertInstanceOf(Verdict.Later.class, intake.handle(record(41, null, body)));
        }
        originals.knowing(new Original(TOPIC, 3, 41, BodyDigest.of(BODY)));
        assertEquals(Verdict.done(), intake.handle(record(41, null, BODY)));
        assertEquals(1, calls);
        time.pass(SETTLED);
        assertEquals(Verdict.done(), intake.handle(record(40, null, BODY)));
        assertEquals(1, calls);
    }

    @Test
    void waitsForTheStoreForAsLongAsItNeeds() throws Exception {
        originals.forget(false);
        JobIntake intake = intake();
        ConsumerRecord<byte[], byte[]> record = withDeadline(record(40, null, BODY), Duration.ofMinutes(1));
        assertEquals(Verdict.later(Duration.ofSeconds(1)), intake.handle(record));
        time.pass(Duration.ofSeconds(29));
        assertInstanceOf(Verdict.Later.class, intake.handle(record));
        time.pass(Duration.ofMinutes(1));
        assertEquals(Verdict.later(Duration.ofSeconds(10)), intake.handle(record), "its time is over");
        assertEquals(List.of(), results);
    }

    @Test
    void aRepetitionWhoseTimeIsOverDoesNotEndTheJobWhileNobodyKnowsThatItIsOne() throws Exception {
        JobIntake intake = intake();
        ConsumerRecord<byte[], byte[]> repetition = withDeadline(record(41, null, BODY), Duration.ofSeconds(1));
        time.pass(SETTLED);
        originals.afterSilence(Integer.MAX_VALUE);
        assertInstanceOf(Verdict.Later.class, intake.handle(repetition));
        originals.afterSilence(0);
        assertEquals(Verdict.done(), intake.handle(repetition));
        assertEquals(List.of(), results);
    }

    @Test
    void oneThatTheStoreHasForgottenExpires() throws Exception {
        originals.forget(true);
        ConsumerRecord<byte[], byte[]> record = withDeadline(record(40, null, BODY), Duration.ofMinutes(1));
        time.pass(Duration.ofMinutes(1));
        assertEquals(Verdict.done(), intake().handle(record));
        assertEquals(List.of(JobStatus.EXPIRED), statuses());
        assertEquals(0, calls);
    }

    @Test
    void aSickRecordEndsOnlyTheJobThatItAloneStandsFor() throws Exception {
        time.pass(SETTLED);
        JobIntake intake = intake();
        ConsumerRecord<byte[], byte[]> misuse = record(42, null, ANOTHER);
        intake.poison(record(41, null, BODY), new IllegalStateException());
        intake.poison(record(41, JOB, ANOTHER), new IllegalStateException());
        assertEquals(List.of(), results, "a repetition, and one that a gateway refused itself");
        intake.poison(misuse, new IllegalStateException());
        intake.poison(record(40, null, BODY), new IllegalStateException());
        assertEquals(
                List.of(RequestRecords.idWithoutKey(misuse), JOB),
                results.stream().map(JobResult::id).toList());
        assertEquals(List.of(JobStatus.FAILED, JobStatus.FAILED), statuses());
        assertEquals(4, kafka.taken().size(), "letters");
    }

    @Test
    void aSickRecordWaitsUntilItIsKnownWhatItStandsFor() {
        originals.forget(false);
        assertThrows(
                UndecidedException.class, () -> intake().poison(record(40, null, BODY), new IllegalStateException()));
        assertEquals(List.of(), results);
        assertEquals(List.of(), kafka.taken());
    }

    @Test
    void atAPartitionsNextOwnerAnotherRequestUnderTheKeyOfAJobThatHasEndedIsNotDone() throws Exception {
        List<JobId> asked = new ArrayList<>();
        HandedOverJobs handedOver = new HandedOverJobs(
                (id, _) -> {
                    asked.add(id);
                    return id.equals(JOB);
                },
                new OriginalCheck(originals, time, time),
                TopicNames.STANDARD);
        ConsumerRecord<byte[], byte[]> misuse = record(41, null, ANOTHER);
        assertTrue(handedOver.alreadyDone(record(40, null, BODY)), "the job itself");
        assertTrue(handedOver.alreadyDone(record(42, null, BODY)), "a repetition");
        assertFalse(handedOver.alreadyDone(misuse));
        assertEquals(List.of(JOB, JOB, RequestRecords.idWithoutKey(misuse)), asked);
        originals.forget(false);
        assertThrows(UndecidedException.class, () -> handedOver.alreadyDone(misuse));
        originals.forget(true);
        assertTrue(handedOver.alreadyDone(record(40, null, BODY)));
    }

    private List<JobStatus> statuses() {
        return results.stream().map(JobResult::status).toList();
    }

    private static ConsumerRecord<byte[], byte[]> withDeadline(
            ConsumerRecord<byte[], byte[]> record, Duration fromNow) {
        record.headers().add("deadline", Samples.utf8(Samples.NOW.plus(fromNow).toString()));
        return record;
    }

    private JobIntake intake() {
        return Intakes.of(
                _ -> {
                    calls++;
                    return VendorAnswer.nameless(new VendorOutcome.Completed(Samples.completion()));
                },
                (_, result) -> results.add(result),
                kafka,
                originals,
                time);
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a key may be absent.
    private static ConsumerRecord<byte[], byte[]> record(long offset, @Nullable JobId key, byte[] value) {
        Headers headers = new RecordHeaders().add("idempotency-key", Samples.utf8("once"));
        return new ConsumerRecord<>(
                TOPIC,
                3,
                offset,
                Samples.NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key == null ? null : key.bytes(),
                value,
                headers,
                Optional.empty());
    }
}
