package io.genapi.store.config;

import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.InflightOptions;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.RecordProducers;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.runtime.webhook.ReceiverHosts;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.store.http.WebhookTestController;
import io.genapi.store.kafka.ConsumerPayloadReader;
import io.genapi.store.kafka.EventResults;
import io.genapi.store.kafka.RecentAttempts;
import io.genapi.store.kafka.WebhookDeliveries;
import io.genapi.store.kafka.WebhookSending;
import io.genapi.store.outbound.ApacheReceivers;
import io.genapi.store.outbound.ReceiverClients;
import io.genapi.store.sending.Endpoints;
import io.genapi.store.sending.MessageRoom;
import io.genapi.store.sending.MessageWriter;
import io.genapi.store.sending.Sender;
import io.genapi.store.sending.Shares;
import io.genapi.store.sending.Trials;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.util.unit.DataSize;

/** Sends webhooks that are due: the consumer of deliveries, and what is done with them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SenderSettings.class)
class SenderConfiguration {

    /** What tenants try is under way beside what is due. */
    private static final int TRIALS = 64;

    private static final int TRIALS_OF_TENANT = 8;
    private static final int TRIALS_OF_ENDPOINT = 2;

    /** Of messages under way; a tenant's share has room for the largest result that can be set. */
    private static final DataSize MESSAGES = DataSize.ofMegabytes(64);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PRODUCER_PATIENCE = Duration.ofSeconds(10);

    /** Of an answer whose head is there; it is read for people alone. */
    private static final Duration FOR_THE_REST = Duration.ofSeconds(2);

    /** For reading a result and for writing down what came of it. */
    private static final Duration BESIDE_AN_ATTEMPT = Duration.ofSeconds(15);

    /** Each holds one record at most, of which there may be 10 MiB. */
    private static final int RESULT_READERS = 4;

    private static final Duration FOR_A_RESULT = Duration.ofSeconds(5);

    private static final int METADATA_BUDGET = 4_096;

    @Bean
    ApacheReceivers receivers(SenderSettings settings, ReceiverHosts hosts, InstantSource clock) {
        return new ApacheReceivers(
                new ReceiverClients(hosts, settings.authorities(), settings.maxInFlight() + TRIALS, CONNECT_TIMEOUT),
                new ApacheReceivers.Limits(settings.timeout(), FOR_THE_REST),
                clock,
                System::nanoTime);
    }

    @Bean
    EventResults eventResults(KafkaSettings kafka, ProcessIdentity identity, ProvisionedTopics topics) {
        ConsumerNames names = new ConsumerNames("genapi-webhook-results-" + identity.instance());
        return new EventResults(new ConsumerPayloadReader(
                () -> new KafkaConsumer<>(
                        StoreConfiguration.payloadConsumer(kafka, names.next()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                RESULT_READERS,
                topics.names().results(),
                FOR_A_RESULT));
    }

    @Bean
    Sender webhookSender(
            SenderSettings settings,
            EndpointDirectory directory,
            EndpointTopic endpoints,
            ReceiverPolicy policy,
            EventResults eventResults,
            ApacheReceivers receivers,
            InstantSource clock) {
        return new Sender(
                known(directory, endpoints),
                policy,
                new MessageWriter(
                        eventResults, Math.toIntExact(settings.resultLimit().toBytes())),
                receivers,
                new MessageRoom(MESSAGES.toBytes()),
                clock,
                new SecureRandom());
    }

    private static Endpoints known(EndpointDirectory directory, EndpointTopic topic) {
        return new Endpoints() {
            @Override
            public Optional<KnownEndpoint> find(TenantId tenant, EndpointId id) {
                return directory.find(tenant, id);
            }

            @Override
            public void catchUp() throws InterruptedException {
                topic.catchUp();
            }
        };
    }

    @Bean
    KafkaTemplate<byte[], byte[]> attemptProducer(RecordProducers producers) {
        return producers.createUntraced("genapi-webhook-attempts", PRODUCER_PATIENCE);
    }

    @Bean
    WebhookDeliveries webhookDeliveries(
            Sender webhookSender,
            SenderSettings settings,
            KafkaTemplate<byte[], byte[]> attemptProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            MeterRegistry meters,
            InstantSource clock) {
        return new WebhookDeliveries(
                webhookSender,
                new Shares(settings.maxInFlightPerEndpoint(), settings.maxInFlightPerTenant()),
                attemptProducer::send,
                Thread::sleep,
                new SenderMeters(meters),
                topics.names(),
                topics.partitions(),
                identity.source(),
                clock);
    }

    @Bean
    RecentAttempts recentAttempts(KafkaSettings kafka, ProvisionedTopics topics) {
        return new RecentAttempts(
                new KafkaConsumer<>(
                        kafka.consumerProperties("genapi-webhook-recent"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topics.names().webhookAttempts(),
                Thread::sleep);
    }

    @Bean
    InflightConsumer<byte[], byte[]> webhookConsumer(
            WebhookDeliveries webhookDeliveries,
            RecentAttempts recentAttempts,
            SenderSettings settings,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            MeterRegistry meters) {
        InflightOptions options = InflightOptions.builder("genapi-webhook-sender")
                .topics(topics.names().webhooks())
                .maxInFlight(settings.maxInFlight())
                .maxInFlightPerPartition(settings.maxInFlight())
                .metadataBudgetBytes(METADATA_BUDGET)
                .grace(settings.grace())
                .handOverLease(settings.timeout().plus(BESIDE_AN_ATTEMPT))
                .build();
        InflightConsumer<byte[], byte[]> consumer = InflightConsumer.builder(
                        options, properties(kafka, topics), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .deferringHandler(webhookDeliveries)
                .poison(webhookDeliveries)
                .handOver(recentAttempts)
                .meters(meters)
                .build();
        Gauge.builder("genapi.webhook.active", consumer, InflightConsumer::inFlight)
                .description("Webhooks that are being sent")
                .register(meters);
        return consumer;
    }

    private static Map<String, Object> properties(KafkaSettings kafka, ProvisionedTopics topics) {
        Map<String, Object> properties = new HashMap<>(kafka.consumerProperties("genapi-webhook-sender"));
        properties.put("group.id", topics.names().prefix() + "-webhook-senders");
        properties.put("group.protocol", "consumer");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        return Map.copyOf(properties);
    }

    @Bean
    WebhookSending webhookSending(
            InflightConsumer<byte[], byte[]> webhookConsumer, EndpointTopic endpoints, MeterRegistry meters) {
        WebhookSending sending = new WebhookSending(webhookConsumer, endpoints::awaitCaughtUp);
        Gauge.builder("genapi.webhook.sending", sending, one -> one.problem().isEmpty() ? 1 : 0)
                .description("Whether this process sends webhooks")
                .register(meters);
        return sending;
    }

    @Bean
    Phased webhookSendingPhase(SenderSettings settings, WebhookSending webhookSending, RecentAttempts recentAttempts) {
        return new Phased(
                Phased.AFTER_HTTP,
                () -> {
                    if (settings.enabled()) {
                        recentAttempts.start();
                        webhookSending.start();
                    }
                },
                webhookSending::close);
    }

    @Bean
    WebhookTestController webhookTestController(Sender webhookSender) {
        return new WebhookTestController(
                new Trials(webhookSender, new Shares(TRIALS_OF_ENDPOINT, TRIALS_OF_TENANT), TRIALS));
    }
}
