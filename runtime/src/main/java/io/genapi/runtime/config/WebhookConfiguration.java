package io.genapi.runtime.config;

import io.genapi.runtime.control.SharedLog;
import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointSecretSettings;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.schemas.webhook.SecretSeal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The webhook endpoints that there are, for gateways and stores. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EndpointSecretSettings.class)
public class WebhookConfiguration {

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
    EndpointTopic endpointTopic(KafkaSettings kafka, ProvisionedTopics topics, EndpointDirectory endpointDirectory) {
        return new EndpointTopic(
                log(
                        "webhook-endpoints",
                        kafka,
                        topics.names().webhookEndpoints(),
                        IsolationLevel.READ_UNCOMMITTED,
                        endpointDirectory),
                log(
                        "webhook-standings",
                        kafka,
                        topics.names().webhookStandings(),
                        IsolationLevel.READ_COMMITTED,
                        endpointDirectory));
    }

    private static SharedLog log(
            String name, KafkaSettings kafka, String topic, IsolationLevel end, EndpointDirectory directory) {
        String client = "genapi-" + name;
        Map<String, Object> properties = kafka.consumerProperties(client);
        properties.put("isolation.level", "read_committed");
        return new SharedLog(
                name,
                Admin.create(kafka.clientProperties(client)),
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic,
                end,
                PATIENCE,
                directory::take);
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
