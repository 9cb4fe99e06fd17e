package io.genapi.runtime.config;

import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.RecordProducers;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointSecretSettings;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.schemas.webhook.SecretSeal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** The webhook endpoints that there are, for gateways and stores. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EndpointSecretSettings.class)
public class WebhookConfiguration {

    private static final String CLIENT = "genapi-webhook-endpoints";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    SecretSeal endpointSecretSeal(EndpointSecretSettings settings) {
        return settings.seal(System.getenv(), new SecureRandom());
    }

    @Bean
    EndpointDirectory endpointDirectory(SecretSeal endpointSecretSeal) {
        return new EndpointDirectory(endpointSecretSeal);
    }

    @Bean
    KafkaTemplate<byte[], byte[]> endpointProducer(RecordProducers producers) {
        return producers.create(CLIENT, PATIENCE);
    }

    @Bean
    EndpointTopic endpointTopic(
            KafkaTemplate<byte[], byte[]> endpointProducer,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            SecretSeal endpointSecretSeal,
            EndpointDirectory endpointDirectory) {
        return new EndpointTopic(
                endpointProducer,
                Admin.create(kafka.clientProperties(CLIENT)),
                new KafkaConsumer<>(
                        kafka.consumerProperties(CLIENT), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topics.names().webhookEndpoints(),
                identity.source(),
                PATIENCE,
                endpointSecretSeal,
                endpointDirectory);
    }

    @Bean
    Phased endpointReading(EndpointTopic endpointTopic) {
        return new Phased(Phased.BEFORE_HTTP, endpointTopic::start, endpointTopic::close);
    }

    @Bean
    ReadinessCheck endpointReadiness(EndpointTopic endpointTopic) {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return "webhook-endpoints";
            }

            @Override
            public Optional<String> problem() {
                return endpointTopic.isCaughtUp()
                        ? Optional.empty()
                        : Optional.of("the webhook endpoints have not been read from Kafka yet");
            }
        };
    }
}
