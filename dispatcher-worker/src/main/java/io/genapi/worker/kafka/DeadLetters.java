package io.genapi.worker.kafka;

import static io.genapi.schemas.kafka.HeaderNames.*;

import io.genapi.worker.attempt.Pause;
import io.genapi.worker.kafka.Delivery.Acknowledged;
import io.genapi.worker.kafka.Delivery.Failed;
import io.genapi.worker.kafka.Delivery.Impossible;
import io.genapi.worker.kafka.Delivery.TooLarge;
import io.genapi.worker.telemetry.ErrorCounter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where records go that are no jobs: {@code genapi.dead-letters}, as they came and with the reason. Thread-safe. */
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RecordSender sender;
    private final String topic;
    private final Pause pause;
    private final ErrorCounter errors;

    public DeadLetters(RecordSender sender, String topic, Pause pause, ErrorCounter errors) {
        this.sender = sender;
        this.topic = topic;
        this.pause = pause;
        this.errors = errors;
    }

    /** Returns when Kafka has it; tries for as long as that needs. */
    void put(ConsumerRecord<byte[], byte[]> record, String reason) throws InterruptedException {
        errors.count("dead_letter", "intake");
        LOG.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("A record goes to the dead letters");
        boolean whole = true;
        while (true) {
            switch (Delivery.of(sender, deadLetter(record, reason, whole))) {
                case Acknowledged() -> {
                    return;
                }
                // With our headers it may exceed what a record may have; where it lay still says where to find it.
                case TooLarge() -> whole = false;
                case Impossible(var why) -> waitForKafka(why);
                case Failed(var why) -> waitForKafka(why);
            }
        }
    }

    private void waitForKafka(String reason) throws InterruptedException {
        LOG.atWarn().addKeyValue("reason", reason).log("Kafka did not take a dead letter; trying again");
        pause.pause(PAUSE);
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, String reason, boolean whole) {
        byte @Nullable [] key = whole ? record.key() : null;
        byte @Nullable [] value = whole ? record.value() : null;
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, null, key, value);
        if (whole) {
            record.headers().forEach(letter.headers()::add);
        }
        letter.headers()
                .add(DEAD_LETTER_REASON, utf8(reason))
                .add(DEAD_LETTER_TOPIC, utf8(record.topic()))
                .add(DEAD_LETTER_PARTITION, utf8(Integer.toString(record.partition())))
                .add(DEAD_LETTER_OFFSET, utf8(Long.toString(record.offset())));
        return letter;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
