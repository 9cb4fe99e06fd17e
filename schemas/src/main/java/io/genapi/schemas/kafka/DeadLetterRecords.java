package io.genapi.schemas.kafka;

import static io.genapi.schemas.kafka.HeaderNames.*;

import io.genapi.schemas.job.JobId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Records that were put away, as records of {@code genapi.dead-letters}, and notes of their redrives. A letter is the
 * original with a block of headers behind its own, so that the original can be had back byte for byte.
 */
public final class DeadLetterRecords {

    /** Reasons quote the record, whose headers may be as long as it pleases. */
    private static final int LONGEST_REASON = 1_000;

    /** What Kafka allows. */
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private static final Set<String> BLOCK = Set.of(
            DEAD_LETTER_REASON,
            DEAD_LETTER_TOPIC,
            DEAD_LETTER_PARTITION,
            DEAD_LETTER_OFFSET,
            DEAD_LETTER_TIMESTAMP,
            DEAD_LETTER_JOB,
            DEAD_LETTER_CONTENT);

    /** The value of {@link HeaderNames#DEAD_LETTER_CONTENT} where there is none. */
    private static final String ABSENT = "absent";

    private DeadLetterRecords() {}

    /** @param topic of the dead letters */
    public static ProducerRecord<byte[], byte[]> write(DeadLetter letter, String topic) {
        ConsumerRecord<byte[], byte[]> original = letter.original();
        byte @Nullable [] key = letter.whole() ? original.key() : null;
        byte @Nullable [] value = letter.whole() ? original.value() : null;
        RecordHeaders headers = new RecordHeaders();
        if (letter.whole()) {
            original.headers().forEach(headers::add);
        }
        headers.add(text(DEAD_LETTER_REASON, shortened(letter.reason())));
        headers.add(text(DEAD_LETTER_TOPIC, original.topic()));
        headers.add(text(DEAD_LETTER_PARTITION, original.partition()));
        headers.add(text(DEAD_LETTER_OFFSET, original.offset()));
        headers.add(text(DEAD_LETTER_TIMESTAMP, original.timestamp()));
        letter.endedJob().ifPresent(job -> headers.add(text(DEAD_LETTER_JOB, job)));
        if (!letter.whole()) {
            headers.add(text(DEAD_LETTER_CONTENT, ABSENT));
        }
        return new ProducerRecord<>(topic, null, key, value, headers);
    }

    /**
     * @param letterOffset where the letter lies in the partition that this note goes to
     * @param source the writer, as CloudEvents' {@code source}
     */
    public static ProducerRecord<byte[], byte[]> redriven(
            String topic, int partition, long letterOffset, JobId job, String source, Instant at) {
        HeaderWriter headers = new HeaderWriter(
                        EventTypes.DEAD_LETTER_REDRIVEN, source, "redriven/" + partition + "/" + letterOffset, at)
                .text(REDRIVEN_LETTER, letterOffset)
                .text(REDRIVEN_JOB, job);
        return new ProducerRecord<>(topic, partition, null, null, new byte[0], headers.headers());
    }

    public static DeadLetterReading read(ConsumerRecord<byte[], byte[]> record) {
        try {
            int block = lastReason(record);
            return block < 0 ? noteOrForeign(record) : new DeadLetterReading.Letter(letter(record, block));
        } catch (InvalidHeaderException | IllegalArgumentException | ArithmeticException invalid) {
            return new DeadLetterReading.Foreign("its headers are not a letter's: " + invalid.getMessage());
        }
    }

    private static DeadLetterReading noteOrForeign(ConsumerRecord<byte[], byte[]> record) {
        HeaderReader headers = new HeaderReader(record.headers());
        Optional<Long> offset = headers.count(REDRIVEN_LETTER);
        Optional<JobId> job = headers.text(REDRIVEN_JOB).flatMap(JobId::parse);
        boolean note = headers.text(CE_TYPE)
                .filter(EventTypes.DEAD_LETTER_REDRIVEN::equals)
                .isPresent();
        return note && offset.isPresent() && job.isPresent()
                ? new DeadLetterReading.Redriven(offset.get(), job.get())
                : new DeadLetterReading.Foreign("it has no header " + DEAD_LETTER_REASON);
    }

    /** Where our block begins, or -1: a record that died before may bring a block of its own in front. */
    private static int lastReason(ConsumerRecord<byte[], byte[]> record) {
        int last = -1;
        int at = 0;
        for (Header header : record.headers()) {
            last = header.key().equals(DEAD_LETTER_REASON) ? at : last;
            at++;
        }
        return last;
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record, int block) {
        List<Header> originals = new ArrayList<>();
        RecordHeaders ours = new RecordHeaders();
        int at = 0;
        for (Header header : record.headers()) {
            boolean isOurs = at++ >= block && BLOCK.contains(header.key());
            var _ = isOurs ? ours.add(header) : originals.add(header);
        }
        HeaderReader reader = new HeaderReader(ours);
        boolean whole = reader.text(DEAD_LETTER_CONTENT).filter(ABSENT::equals).isEmpty();
        return new DeadLetter(
                original(record, originals, reader),
                reader.text(DEAD_LETTER_REASON).orElse("no reason was given"),
                reader.text(DEAD_LETTER_JOB).flatMap(JobId::parse),
                whole);
    }

    private static ConsumerRecord<byte[], byte[]> original(
            ConsumerRecord<byte[], byte[]> record, List<Header> headers, HeaderReader ours) {
        return new ConsumerRecord<>(
                ours.text(DEAD_LETTER_TOPIC)
                        .filter(name -> TOPIC.matcher(name).matches())
                        .orElseThrow(() -> new IllegalArgumentException("no " + DEAD_LETTER_TOPIC)),
                Math.toIntExact(number(ours, DEAD_LETTER_PARTITION)),
                number(ours, DEAD_LETTER_OFFSET),
                // Letters of versions that did not keep it are only as old as the letter itself, nearly.
                ours.text(DEAD_LETTER_TIMESTAMP).map(Long::parseLong).orElse(record.timestamp()),
                TimestampType.CREATE_TIME,
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                new RecordHeaders(headers),
                Optional.empty());
    }

    private static long number(HeaderReader headers, String name) {
        return headers.count(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
    }

    private static String shortened(String reason) {
        if (reason.length() <= LONGEST_REASON) {
            return reason;
        }
        boolean splitsAPair = Character.isHighSurrogate(reason.charAt(LONGEST_REASON - 1));
        return reason.substring(0, splitsAPair ? LONGEST_REASON - 1 : LONGEST_REASON) + "…";
    }

    private static Header text(String name, Object value) {
        return new RecordHeader(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
