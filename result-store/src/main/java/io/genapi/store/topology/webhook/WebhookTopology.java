package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.topology.Initialised;
import io.genapi.store.webhook.AttemptPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * Results and batches in, events out; events and attempts in, deliveries that are due out, and how endpoints do. The two halves
 * have Kafka between them, for an event lies where its tenant's deliveries are scheduled, and not where its job's result does.
 *
 * @param applicationId of Kafka Streams; the names of its own topics begin with it
 * @param partitions of every topic that is read but the batches'
 * @param mostPending of one endpoint; what is more has failed
 * @param resendAfter when a delivery of which nothing was heard is made once more: Kafka has forgotten it by then
 * @param retention of what has ended
 * @param source this process, as CloudEvents' {@code source}
 */
public record WebhookTopology(
        TopicNames names,
        String applicationId,
        int partitions,
        AttemptPolicy policy,
        int mostPending,
        Duration resendAfter,
        Duration retention,
        String source) {

    /** The name of the store of tellings and endpoints' health. */
    public static final String TELLINGS = "tellings";

    public Topology build(
            EndpointDirectory directory,
            EndpointKnowledge knowledge,
            Supplier<RandomGenerator> randoms,
            WebhookMetrics metrics,
            Properties properties) {
        Serde<byte[]> bytes = Serdes.ByteArray();
        // Kafka's own extractor would stop the whole store at a record without a usable timestamp.
        Consumed<byte[], byte[]> source =
                Consumed.with(bytes, bytes).withTimestampExtractor((record, _) -> Math.max(0, record.timestamp()));
        Outgoing outgoing = new Outgoing(names, partitions, this.source);
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(TELLINGS), bytes, bytes)
                .withCachingDisabled());
        builder.stream(names.results(), source)
                .process(
                        news(record -> EndNews.ofResult(record, metrics), directory, outgoing, metrics),
                        Named.as("ended-jobs"))
                .to((_, record, _) -> record.topic(), Outgoing.produced().withName("job-events"));
        builder.stream(names.batches(), source)
                .process(news(EndNews::ofBatch, directory, outgoing, metrics), Named.as("ended-batches"))
                .to((_, record, _) -> record.topic(), Outgoing.produced().withName("batch-events"));
        builder.stream(List.of(names.webhookEvents(), names.webhookAttempts()), source)
                .process(scheduler(directory, knowledge, randoms, outgoing, metrics), Named.as("scheduler"), TELLINGS)
                .to((_, record, _) -> record.topic(), Outgoing.produced().withName("deliveries"));
        return builder.build(properties);
    }

    private ProcessorSupplier<byte[], byte[], byte[], ProducerRecord<byte[], byte[]>> news(
            Function<ConsumerRecord<byte[], byte[]>, Optional<WebhookEvent>> reader,
            EndpointDirectory directory,
            Outgoing outgoing,
            WebhookMetrics metrics) {
        return () ->
                new Initialised<>(context -> new EndNews(reader, directory, retention, outgoing, metrics, context));
    }

    private ProcessorSupplier<byte[], byte[], byte[], ProducerRecord<byte[], byte[]>> scheduler(
            EndpointDirectory directory,
            EndpointKnowledge knowledge,
            Supplier<RandomGenerator> randoms,
            Outgoing outgoing,
            WebhookMetrics metrics) {
        return () -> new Initialised<>(context -> new DeliveryScheduler(
                directory,
                knowledge,
                policy,
                mostPending,
                randoms.get(),
                outgoing,
                metrics,
                new Tellings(context.getStateStore(TELLINGS), resendAfter, retention, metrics),
                context));
    }
}
