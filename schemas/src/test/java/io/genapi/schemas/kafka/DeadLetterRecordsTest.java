package io.genapi.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterRecordsTest {

    private static final String LETTERS = "genapi.dead-letters";
    private static final String REQUESTS = "genapi.requests.default";

    @Test
    void givesTheOriginalBackByteForByteWhateverItIs() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 2_000; round++) {
            ConsumerRecord<byte[], byte[]> original =
                    Samples.consumed(REQUESTS, anyBytes(random), anyBytes(random), anyHeaders(random));
            boolean ended = random.nextBoolean();
            DeadLetter letter =
                    new DeadLetter(original, "because", ended ? Optional.of(Samples.ID) : Optional.empty(), true);
            DeadLetter read = read(DeadLetterRecords.write(letter, LETTERS));
            assertSame(original, read.original());
            assertEquals("because", read.reason());
            assertEquals(letter.endedJob(), read.endedJob());
            assertTrue(read.whole());
            assertEquals(RequestRecords.idOf(original), RequestRecords.idOf(read.original()));
        }
    }

    @Test
    void isAsTheContractSays() {
        ConsumerRecord<byte[], byte[]> original = Samples.consumed(REQUESTS, null, null, new RecordHeaders());
        for (boolean whole : new boolean[] {true, false}) {
            ProducerRecord<byte[], byte[]> letter = DeadLetterRecords.write(
                    new DeadLetter(original, "because", Optional.of(Samples.ID), whole), LETTERS);
            assertEquals(List.of(), SchemaCheck.problems(letter));
            assertFalse(letter.headers().toArray().length == 0);
        }
        assertEquals(List.of(), SchemaCheck.problems(note()));
    }

    @Test
    void saysWhereARecordLayThatIsTooLargeForALetter() {
        ConsumerRecord<byte[], byte[]> original =
                Samples.consumed(REQUESTS, new byte[] {1}, new byte[] {2}, Samples.headers("a", "b"));
        DeadLetter letter =
                read(DeadLetterRecords.write(new DeadLetter(original, "too large", Optional.empty(), false), LETTERS));
        assertFalse(letter.whole());
        assertNull(letter.original().key());
        assertEquals(0, letter.original().headers().toArray().length);
        assertEquals(42, letter.original().offset());
    }

    @Test
    void believesNoHeadersThatTheRecordBroughtWithIt() {
        Headers forged = Samples.headers(
                "dead-letter-job", Samples.ID.value(), "dead-letter-reason", "forged", "dead-letter-offset", "7");
        ConsumerRecord<byte[], byte[]> original = Samples.consumed(REQUESTS, null, null, forged);
        DeadLetter letter =
                read(DeadLetterRecords.write(new DeadLetter(original, "the truth", Optional.empty(), true), LETTERS));
        assertEquals("the truth", letter.reason());
        assertEquals(Optional.empty(), letter.endedJob());
        assertSame(original, letter.original());
    }

    @Test
    void readsALetterOfAVersionThatKeptNoTimestampAndWasTraced() {
        Headers headers = Samples.headers(
                "a", "b",
                "dead-letter-reason", "old",
                "dead-letter-topic", REQUESTS,
                "dead-letter-partition", "1",
                "dead-letter-offset", "2",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        DeadLetter letter = read(Samples.consumed(LETTERS, null, null, headers));
        assertEquals(Samples.NOW.toEpochMilli(), letter.original().timestamp());
        assertEquals(
                List.of("a", "traceparent"),
                Arrays.stream(letter.original().headers().toArray())
                        .map(Header::key)
                        .toList());
    }

    @Test
    void boundsAReasonThatQuotesTheRecord() {
        ConsumerRecord<byte[], byte[]> original = Samples.consumed(REQUESTS, null, null, new RecordHeaders());
        String endless = "𝄞".repeat(100_000);
        String reason = read(DeadLetterRecords.write(
                        new DeadLetter(original, "x" + endless, Optional.empty(), true), LETTERS))
                .reason();
        assertTrue(reason.length() < 1_100);
        assertFalse(reason.contains("�"), "half a character");
    }

    @Test
    void readsItsOwnNotes() {
        ProducerRecord<byte[], byte[]> note = note();
        assertEquals(new DeadLetterReading.Redriven(17, Samples.ID), DeadLetterRecords.read(Samples.consumed(note)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dead-letter-reason,x",
                "dead-letter-reason,x,dead-letter-topic,t,dead-letter-partition,-1,dead-letter-offset,0",
                "dead-letter-reason,x,dead-letter-topic,t,dead-letter-partition,99999999999,dead-letter-offset,0",
                "dead-letter-reason,x,dead-letter-topic,t,dead-letter-partition,0,dead-letter-offset,many",
                "dead-letter-reason,x,dead-letter-topic,t,dead-letter-partition,0,dead-letter-offset,0,dead-letter-timestamp,now",
                "redriven-letter,3",
                "ce_type,genapi.dead-letter.redriven.v1,redriven-letter,x,redriven-job,y"
            })
    void takesWhatSomebodyElseWroteForForeign(String headers) {
        Headers foreign = headers.isEmpty() ? new RecordHeaders() : Samples.headers(headers.split(","));
        assertInstanceOf(
                DeadLetterReading.Foreign.class,
                DeadLetterRecords.read(Samples.consumed(LETTERS, null, null, foreign)));
    }

    private static ProducerRecord<byte[], byte[]> note() {
        return DeadLetterRecords.redriven(
                LETTERS, 0, 17, Samples.ID, "/genapi/cli", Instant.parse("2026-01-31T12:00:00Z"));
    }

    private static DeadLetter read(ProducerRecord<byte[], byte[]> record) {
        return read(Samples.consumed(record));
    }

    private static DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        return assertInstanceOf(DeadLetterReading.Letter.class, DeadLetterRecords.read(record))
                .letter();
    }

    private static void assertSame(ConsumerRecord<byte[], byte[]> expected, ConsumerRecord<byte[], byte[]> actual) {
        assertEquals(expected.topic(), actual.topic());
        assertEquals(expected.partition(), actual.partition());
        assertEquals(expected.offset(), actual.offset());
        assertEquals(expected.timestamp(), actual.timestamp());
        assertArrayEquals(expected.key(), actual.key());
        assertArrayEquals(expected.value(), actual.value());
        assertEquals(expected.headers(), actual.headers());
    }

    private static byte @Nullable [] anyBytes(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    @SuppressWarnings("NullAway") // Kafka's own types do not say that a header's value may be absent.
    private static Headers anyHeaders(SplittableRandom random) {
        List<String> names = List.of("ce_type", "x", "dead-letter-reason", "dead-letter-job", "traceparent", "");
        List<Header> headers = new ArrayList<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            headers.add(new org.apache.kafka.common.header.internals.RecordHeader(
                    names.get(random.nextInt(names.size())), anyBytes(random)));
        }
        return new RecordHeaders(headers);
    }
}
