package io.genapi.worker.kafka;

import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.kafka.ResultRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.attempt.Pause;
import io.genapi.worker.kafka.Delivery.Acknowledged;
import io.genapi.worker.kafka.Delivery.Failed;
import io.genapi.worker.kafka.Delivery.Impossible;
import io.genapi.worker.kafka.Delivery.TooLarge;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.result.ReplyTopic;
import io.genapi.worker.result.ResultPublisher;
import io.genapi.worker.telemetry.ErrorCounter;
import io.genapi.worker.vendor.HeaderText;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes results to {@code genapi.results} and to the reply topics that callers name. */
public final class KafkaResultPublisher implements ResultPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaResultPublisher.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int REPLY_TRIES = 5;

    private final RecordSender results;
    private final RecordSender replies;
    private final TopicNames topics;
    private final String source;
    private final Pause pause;
    private final ErrorCounter errors;

    /**
     * @param replies another producer, so that a topic that is not there holds up no result
     * @param source this process, as CloudEvents' {@code source}
     */
    public KafkaResultPublisher(
            RecordSender results,
            RecordSender replies,
            TopicNames topics,
            String source,
            Pause pause,
            ErrorCounter errors) {
        this.results = results;
        this.replies = replies;
        this.topics = topics;
        this.source = source;
        this.pause = pause;
        this.errors = errors;
    }

    @Override
    public void publish(JobRequest job, JobResult result) throws InterruptedException {
        JobResult published = publishDurably(result);
        if (job.replyTopic().isPresent()) {
            reply(published, job.replyTopic().get());
        }
    }

    /** Until Kafka takes it: the vendor was paid for it. */
    private JobResult publishDurably(JobResult original) throws InterruptedException {
        JobResult result = original;
        while (true) {
            // A record can be sent only once, since its headers are closed then.
            switch (Delivery.of(results, ResultRecords.write(result, topics.results(), source))) {
                case Acknowledged() -> {
                    return result;
                }
                case TooLarge() -> {
                    errors.count("result_too_large", "kafka");
                    result = JobEnds.tooLarge(result, KafkaSettings.MAX_RECORD_BYTES);
                }
                case Impossible(var reason) -> waitForKafka(result, reason);
                case Failed(var reason) -> waitForKafka(result, reason);
            }
        }
    }

    private void waitForKafka(JobResult result, String reason) throws InterruptedException {
        errors.count("result_not_taken", "kafka");
        LOG.atWarn()
                .addKeyValue("id", result.id())
                .addKeyValue("reason", reason)
                .log("Kafka did not take a result; trying again");
        pause.pause(PAUSE);
    }

    private void reply(JobResult result, String topic) throws InterruptedException {
        Optional<String> objection = ReplyTopic.objection(topic, topics.prefix());
        if (objection.isPresent()) {
            giveUp(result, topic, objection.get());
            return;
        }
        String reason = "";
        for (int attempt = 0; attempt < REPLY_TRIES; attempt++) {
            switch (Delivery.of(replies, ResultRecords.write(result, topic, source))) {
                case Acknowledged() -> {
                    return;
                }
                case Impossible(var why) -> {
                    giveUp(result, topic, why);
                    return;
                }
                case TooLarge() -> {
                    giveUp(result, topic, "the result is larger than the topic allows");
                    return;
                }
                case Failed(var why) -> {
                    reason = why;
                    pause.pause(PAUSE);
                }
            }
        }
        giveUp(result, topic, reason);
    }

    private void giveUp(JobResult result, String topic, String reason) {
        errors.count("reply_not_taken", "kafka");
        LOG.atWarn()
                .addKeyValue("id", result.id())
                .addKeyValue("topic", HeaderText.of(topic))
                .addKeyValue("reason", reason)
                .log("A reply topic did not get its result; the results topic has it");
    }
}
