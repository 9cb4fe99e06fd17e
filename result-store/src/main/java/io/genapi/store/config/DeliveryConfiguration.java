package io.genapi.store.config;

import io.genapi.runtime.config.ServerAddress;
import io.genapi.runtime.config.WebhookConfiguration;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.store.http.DeliveryController;
import io.genapi.store.http.DeliveryRouter;
import io.genapi.store.http.PeerClient;
import io.genapi.store.kafka.EndpointsFirst;
import io.genapi.store.kafka.RocksDbMemory;
import io.genapi.store.kafka.StreamsClients;
import io.genapi.store.kafka.StreamsOwners;
import io.genapi.store.kafka.StreamsProcess;
import io.genapi.store.kafka.WebhookStreams;
import io.genapi.store.topology.StoreMetrics;
import io.genapi.store.topology.webhook.WebhookMetrics;
import io.genapi.store.topology.webhook.WebhookTopology;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Properties;
import java.util.SplittableRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Wires the scheduling of webhooks. It has Kafka Streams of its own, and is no part of what makes the store ready: a store that
 * schedules nothing still tells of jobs.
 */
@Configuration(proxyBeanMethods = false)
@Import(WebhookConfiguration.class)
@EnableConfigurationProperties(DeliverySettings.class)
public class DeliveryConfiguration {

    @Bean
    WebhookTopology webhookTopology(
            ProvisionedTopics topics, KafkaSettings kafka, DeliverySettings settings, ProcessIdentity identity) {
        return new WebhookTopology(
                topics.names(),
                topics.names().prefix() + "-webhooks",
                topics.partitions(),
                settings.policy(),
                settings.maxPending(),
                kafka.webhookRetention(),
                settings.memory(kafka),
                identity.source());
    }

    @Bean
    WebhookMetrics webhookMetrics(PrometheusMeterRegistry meters) {
        return new WebhookMetrics(meters);
    }

    @Bean
    EndpointsFirst endpointsFirst(EndpointTopic endpoints) {
        return new EndpointsFirst(endpoints::catchUpWithWishes);
    }

    @Bean
    StreamsMeters webhookStreamsMeters(PrometheusMeterRegistry meters) {
        return new StreamsMeters(meters);
    }

    @Bean
    WebhookStreams webhookStreams(
            WebhookTopology topology,
            EndpointDirectory directory,
            EndpointTopic endpoints,
            EndpointsFirst first,
            WebhookMetrics metrics,
            StoreMetrics storeMetrics,
            KafkaSettings kafka,
            StoreSettings store,
            DeliverySettings settings,
            ServerAddress address,
            RocksDbMemory memory,
            StreamsMeters webhookStreamsMeters,
            PrometheusMeterRegistry meters) {
        StreamsProcess process = new StreamsProcess(
                topology.build(directory, first, SplittableRandom::new, metrics, new Properties()),
                () -> StreamsProperties.inTransactions(
                        kafka,
                        store,
                        topology.applicationId(),
                        StreamsOwners.hostOf(address.get()),
                        memory,
                        settings.commitInterval()),
                StreamsClients.withoutAnswers(topology.names(), first),
                storeMetrics,
                webhookStreamsMeters::observe);
        WebhookStreams streams =
                new WebhookStreams(process, address, topology.partitions(), first, endpoints::awaitCaughtUp);
        Gauge.builder("genapi.webhook.scheduling", streams, one -> one.problem().isEmpty() ? 1 : 0)
                .description("Whether this process can schedule deliveries")
                .register(meters);
        return streams;
    }

    @Bean
    Phased webhookScheduling(WebhookStreams streams) {
        return new Phased(Phased.AFTER_HTTP, streams::start, streams::close);
    }

    @Bean
    DeliveryController deliveryController(WebhookStreams streams, PeerClient peers) {
        return new DeliveryController(new DeliveryRouter(streams, peers));
    }
}
