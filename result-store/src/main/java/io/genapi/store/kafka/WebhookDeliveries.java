package io.genapi.store.kafka;

import io.genapi.inflight.DeferringHandler;
import io.genapi.inflight.PoisonHandler;
import io.genapi.inflight.run.Verdict;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.DeadLetterRecords;
import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.DeliveryRecords;
import io.genapi.schemas.kafka.PrintableText;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.store.sending.Sender;
import io.genapi.store.sending.Shares;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with the records of {@code genapi.webhooks}: one attempt, then what came of it, which Kafka has before the
 * record is let go of. Thread-safe.
 */
public final class WebhookDeliveries implements DeferringHandler<byte[], byte[]>, PoisonHandler<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliveries.class);

    /** Until an endpoint's or a tenant's other attempts have come to an end, most likely. */
    private static final Duration FOR_A_SHARE = Duration.ofMillis(500);

    private static final Duration FOR_KAFKA = Duration.ofSeconds(1);

    /** Writes a record; the future is done when Kafka has it. */
    @FunctionalInterface
    public interface Writer {
        CompletableFuture<?> write(ProducerRecord<byte[], byte[]> record);
    }

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void pause(Duration length) throws InterruptedException;
    }

    /** Hears of each attempt when Kafka knows what came of it. */
    @FunctionalInterface
    public interface Listener {
        void attempted(DeliveryAttempt attempt);
    }

    private final Sender sender;
    private final Shares shares;
    private final Writer writer;
    private final Pause pause;
    private final Listener listener;
    private final TopicNames topics;
    private final int partitions;
    private final String source;
    private final InstantSource clock;

    /**
     * @param partitions of the topic of attempts
     * @param source this process, as CloudEvents' {@code source}
     */
    public WebhookDeliveries(
            Sender sender,
            Shares shares,
            Writer writer,
            Pause pause,
            Listener listener,
            TopicNames topics,
            int partitions,
            String source,
            InstantSource clock) {
        this.sender = sender;
        this.shares = shares;
        this.writer = writer;
        this.pause = pause;
        this.listener = listener;
        this.topics = topics;
        this.partitions = partitions;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Verdict handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Optional<Delivery> delivery = DeliveryRecords.read(record);
        if (delivery.isEmpty()) {
            putAway(record, "this is no delivery that this version of the store knows");
            return Verdict.done();
        }
        if (!shares.enter(delivery.get())) {
            return Verdict.later(FOR_A_SHARE);
        }
        DeliveryAttempt attempt;
        try {
            attempt = sender.attempt(delivery.get());
        } finally {
            shares.leave(delivery.get());
        }
        tell(attempt);
        return Verdict.done();
    }

    /** Whoever schedules waits to hear of the attempt, so it hears of one that could not be made as well. */
    @Override
    public void poison(ConsumerRecord<byte[], byte[]> record, Throwable cause) throws InterruptedException {
        LOG.atError().setCause(cause).log("A webhook could not be sent because of a fault of the store's");
        Optional<Delivery> delivery = DeliveryRecords.read(record);
        if (delivery.isPresent()) {
            tell(new DeliveryAttempt(
                    delivery.get(),
                    clock.instant(),
                    Duration.ZERO,
                    new Unanswered("not_sent", "the broker failed to send it, because of a fault of its own")));
        } else {
            putAway(record, "a store failed at it: " + cause);
        }
    }

    private void tell(DeliveryAttempt attempt) throws InterruptedException {
        put(DeliveryAttemptRecords.write(attempt, topics.webhookAttempts(), source, partitions));
        listener.attempted(attempt);
    }

    private void putAway(ConsumerRecord<byte[], byte[]> record, String reason) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", PrintableText.of(reason))
                .log("A record goes to the dead letters");
        put(DeadLetterRecords.write(new DeadLetter(record, reason, Optional.empty(), true), topics.deadLetters()));
    }

    /** Tries for as long as that needs: a message that was sent is not to be sent again because Kafka was away. */
    private void put(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        while (true) {
            try {
                writer.write(record).get();
                return;
            } catch (ExecutionException | RuntimeException failure) {
                LOG.atWarn()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("reason", failure)
                        .log("Kafka did not take a record; trying again");
                pause.pause(FOR_KAFKA);
            }
        }
    }
}
