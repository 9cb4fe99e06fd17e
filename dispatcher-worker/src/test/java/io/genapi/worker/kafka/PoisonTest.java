package io.genapi.worker.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.PoisonHandler;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.DeadLetterReading;
import io.genapi.schemas.kafka.DeadLetterRecords;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.worker.Samples;
import io.genapi.worker.ScriptedOriginals;
import io.genapi.worker.VirtualTime;
import io.genapi.worker.result.ResultPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of records that cannot be worked on. */
class PoisonTest {

    private static final byte[] BODY = Samples.utf8(Samples.BODY);

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSender kafka = new ScriptedSender();
    private final List<JobStatus> ends = new ArrayList<>();
    private ResultPublisher results = (_, result) -> ends.add(result.status());
    private Throwable bug = new IllegalStateException("a bug");

    @Test
    void setsARecordOfAnUnknownVersionAside() throws Exception {
        Headers headers = headers("ce_type", "genapi.job.requested.v2");
        intake().handle(record(null, BODY, headers));
        DeadLetter letter = letter();
        assertTrue(letter.reason().contains("genapi.job.requested.v2"), letter.reason());
        assertEquals(Optional.empty(), letter.endedJob());
        assertArrayEquals(BODY, letter.original().value());
        assertEquals(headers, letter.original().headers());
        assertEquals(List.of(), ends);
    }

    @Test
    void setsARecordWithoutAValueAside() throws Exception {
        intake().handle(record(new byte[] {1, 2}, null, headers("a", "b")));
        assertArrayEquals(new byte[] {1, 2}, letter().original().key());
    }

    @Test
    void setsARecordWithTooManyHeadersAsideWithAllOfThem() throws Exception {
        Headers headers = headers("x", "y".repeat(2 << 20));
        intake().handle(record(null, BODY, headers));
        assertEquals(headers, letter().original().headers());
    }

    @Test
    void endsAJobThatKillsItsHandlerAndSaysWhichOne() throws Exception {
        ConsumerRecord<byte[], byte[]> record = record(null, BODY, headers("correlation-id", "mine"));
        for (Throwable death : List.of(new StackOverflowError(), new OutOfMemoryError(), new RuntimeException())) {
            bug = death;
            JobIntake intake = intake();
            assertThrows(death.getClass(), () -> intake.handle(record));
            poison(intake, record, death);
            DeadLetter letter = letter();
            assertEquals("processing failed: " + death.getClass().getName(), letter.reason());
            assertEquals(Optional.of(RequestRecords.idOf(record)), letter.endedJob());
            assertEquals(RequestRecords.idOf(record), RequestRecords.idOf(letter.original()));
        }
        assertEquals(List.of(JobStatus.FAILED, JobStatus.FAILED, JobStatus.FAILED), ends);
    }

    @Test
    void setsARecordAsideWhoseJobCannotEvenBeEnded() throws Exception {
        results = (_, _) -> {
            throw new StackOverflowError();
        };
        poison(intake(), record(null, BODY, new RecordHeaders()), new StackOverflowError());
        DeadLetter letter = letter();
        assertEquals(Optional.empty(), letter.endedJob());
        assertTrue(letter.reason().contains("and so did ending the job"), letter.reason());
    }

    @Test
    void triesAgainWhereMemoryIsShort() {
        results = (_, _) -> {
            throw new OutOfMemoryError();
        };
        assertThrows(
                OutOfMemoryError.class,
                () -> poison(intake(), record(null, BODY, new RecordHeaders()), new OutOfMemoryError()));
        assertEquals(List.of(), kafka.taken());
    }

    @Test
    void saysWhereARecordLiesThatKafkaDoesNotTakeAsALetter() throws Exception {
        kafka.failing(new RecordTooLargeException(), 3);
        intake().handle(record(null, null, headers("a", "b")));
        DeadLetter letter = letter();
        assertFalse(letter.whole());
        assertEquals(42, letter.original().offset());
        assertEquals(2, time.pauses().size(), "it must not spin where not even that is taken");
    }

    private JobIntake intake() {
        return Intakes.of(
                _ -> {
                    throw died();
                },
                results,
                kafka,
                new ScriptedOriginals(),
                time);
    }

    private RuntimeException died() {
        return switch (bug) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalArgumentException(bug);
        };
    }

    private static void poison(
            PoisonHandler<byte[], byte[]> intake, ConsumerRecord<byte[], byte[]> record, Throwable cause)
            throws Exception {
        intake.poison(record, cause);
    }

    private DeadLetter letter() {
        ProducerRecord<byte[], byte[]> written = kafka.taken().getLast();
        return assertInstanceOf(
                        DeadLetterReading.Letter.class,
                        DeadLetterRecords.read(record(written.key(), written.value(), written.headers())))
                .letter();
    }

    private static Headers headers(String name, String value) {
        return new RecordHeaders().add(name, Samples.utf8(value));
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a key and a value may be absent.
    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new ConsumerRecord<>(
                "genapi.requests.default",
                3,
                42,
                Samples.NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                value,
                headers,
                Optional.empty());
    }
}
