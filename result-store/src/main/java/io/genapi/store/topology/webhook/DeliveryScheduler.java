package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.schemas.kafka.DeliveryAttemptRecords;
import io.genapi.schemas.kafka.RedeliveryRecords;
import io.genapi.schemas.kafka.WebhookEventRecords;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.topology.SourceRecord;
import io.genapi.store.webhook.AttemptPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each event for each endpoint until it is delivered or given up, and has a delivery made when it is due and its
 * endpoint has room. One task does so for all endpoints of a tenant: it hands each record, and each moment, to who sees to it.
 */
final class DeliveryScheduler implements Processor<byte[], byte[], byte[], ProducerRecord<byte[], byte[]>> {
    static final Duration TICK = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryScheduler.class);
    /** Of each kind in one go, so that they never hold up the records for long. */
    private static final int MOST_AT_ONCE = 500;

    private final EndpointKnowledge knowledge;
    private final WebhookMetrics metrics;
    private final ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context;
    private final Ledger ledger;
    private final NewEvents news;
    private final ReturnedAttempts returned;
    private final AskedAgain asked;
    private final DueDeliveries due;
    private final Upkeep upkeep;

    /** @param mostPending of one endpoint */
    DeliveryScheduler(
            EndpointDirectory directory,
            EndpointKnowledge knowledge,
            AttemptPolicy policy,
            int mostPending,
            RandomGenerator random,
            Outgoing outgoing,
            WebhookMetrics metrics,
            Tellings tellings,
            ProcessorContext<byte[], ProducerRecord<byte[], byte[]>> context) {
        this.knowledge = knowledge;
        this.metrics = metrics;
        this.context = context;
        this.ledger = new Ledger(tellings, metrics, context.taskId().partition());
        Endpoints endpoints = new Endpoints(directory, policy.limits(), tellings, ledger, outgoing, metrics, context);
        this.due = new DueDeliveries(endpoints, policy.limits(), tellings, ledger, outgoing, metrics, context);
        this.news = new NewEvents(directory, tellings, ledger, due, mostPending, metrics);
        this.returned = new ReturnedAttempts(endpoints, policy, random, tellings, ledger, due, metrics);
        this.asked = new AskedAgain(tellings, ledger, due, metrics);
        this.upkeep = new Upkeep(endpoints, tellings, ledger, outgoing, metrics, context);
        var _ = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> consumed = SourceRecord.of(record, context);
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        Optional<WebhookEvent> event = WebhookEventRecords.read(consumed);
        Optional<DeliveryAttempt> attempt = DeliveryAttemptRecords.read(consumed);
        Optional<Redelivery> wish = RedeliveryRecords.read(consumed);
        event.ifPresent(happened -> news.begin(happened, now));
        attempt.ifPresent(made -> returned.take(made, now));
        wish.ifPresent(again -> asked.take(again, now));
        if (event.isEmpty() && attempt.isEmpty() && wish.isEmpty()) {
            metrics.ignored("unreadable");
            LOG.atWarn()
                    .addKeyValue("topic", consumed.topic())
                    .addKeyValue("partition", consumed.partition())
                    .addKeyValue("offset", consumed.offset())
                    .log("A record of webhooks was skipped: this version does not know it");
        }
    }

    private void tick(Instant now) {
        if (knowledge.isCurrent()) {
            asked.goOn(now, MOST_AT_ONCE);
            due.pumpAll(now, MOST_AT_ONCE);
            upkeep.see(now, MOST_AT_ONCE);
        }
        ledger.tell();
    }

    @Override
    public void close() {
        metrics.lost(context.taskId().partition());
    }
}
