package io.genapi.worker.kafka;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.DeadLetterRecords;
import io.genapi.schemas.kafka.PrintableText;
import io.genapi.worker.attempt.Pause;
import io.genapi.worker.kafka.Delivery.Acknowledged;
import io.genapi.worker.kafka.Delivery.Failed;
import io.genapi.worker.kafka.Delivery.Impossible;
import io.genapi.worker.kafka.Delivery.TooLarge;
import io.genapi.worker.telemetry.ErrorCounter;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    /** A record that is no job; returns when Kafka has it, and tries for as long as that needs. */
    void put(ConsumerRecord<byte[], byte[]> record, String reason) throws InterruptedException {
        put(record, reason, Optional.empty());
    }

    /** @param endedJob the job that has its end because of this record */
    void put(ConsumerRecord<byte[], byte[]> record, String reason, Optional<JobId> endedJob)
            throws InterruptedException {
        DeadLetter letter = new DeadLetter(record, reason, endedJob, true);
        errors.count("dead_letter", "intake");
        LOG.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", PrintableText.of(reason))
                .log("A record goes to the dead letters");
        while (true) {
            switch (Delivery.of(sender, DeadLetterRecords.write(letter, topic))) {
                case Acknowledged() -> {
                    return;
                }
                case TooLarge() -> {
                    if (!letter.whole()) {
                        waitForKafka("topic '" + topic + "' takes not even a letter without its content");
                    }
                    // Where it lay still says where to find it.
                    letter = new DeadLetter(record, reason, endedJob, false);
                }
                case Impossible(var why) -> waitForKafka(why);
                case Failed(var why) -> waitForKafka(why);
            }
        }
    }

    private void waitForKafka(String reason) throws InterruptedException {
        LOG.atWarn().addKeyValue("reason", reason).log("Kafka did not take a dead letter; trying again");
        pause.pause(PAUSE);
    }
}
