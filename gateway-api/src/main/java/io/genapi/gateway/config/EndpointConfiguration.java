package io.genapi.gateway.config;

import io.genapi.gateway.http.DeliveryController;
import io.genapi.gateway.http.EndpointController;
import io.genapi.gateway.http.NamedEndpoint;
import io.genapi.gateway.http.Turnstile;
import io.genapi.gateway.kafka.KafkaEndpointChanges;
import io.genapi.gateway.kafka.KafkaRedeliveries;
import io.genapi.gateway.store.HttpEndpointStore;
import io.genapi.gateway.store.StoreInstances;
import io.genapi.gateway.webhook.EndpointChoice;
import io.genapi.gateway.webhook.Endpoints;
import io.genapi.gateway.webhook.Receivers;
import io.genapi.runtime.control.SerialChanges;
import io.genapi.runtime.control.TransactionalWriter;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.RecordProducers;
import io.genapi.runtime.net.ForbiddenAddressException;
import io.genapi.runtime.net.LookUpBusyException;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.runtime.webhook.ReceiverHosts;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.runtime.webhook.ReceiverReading;
import io.genapi.schemas.webhook.SecretSeal;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** Webhook endpoints, as their owners see and name them. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

    private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(10);

    /** One takes some milliseconds; who dies in one may keep others waiting for as long. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);

    @Bean
    Receivers receivers(ReceiverPolicy policy, ReceiverHosts hosts) {
        return new LookedUp(policy, hosts);
    }

    /** Where they would be sent to now. What is dialled later is looked up, and looked at, again. */
    private record LookedUp(ReceiverPolicy policy, ReceiverHosts hosts) implements Receivers {

        @Override
        public Reading read(String url) {
            return switch (policy.read(url)) {
                case ReceiverReading.Accepted(URI address) -> lookedUp(address);
                case ReceiverReading.Refused(String reason) -> new Reading.Refused(reason);
            };
        }

        private Reading lookedUp(URI url) {
            try {
                hosts.resolve(url);
                return new Reading.Accepted(url);
            } catch (ForbiddenAddressException forbidden) {
                return new Reading.Refused(ReceiverPolicy.refusal(url, forbidden.purpose()));
            } catch (LookUpBusyException busy) {
                // Which is not the tenant's fault.
                return new Reading.Accepted(url);
            } catch (UnknownHostException unknown) {
                return new Reading.Refused(
                        "its host has no address that could be found; check the name, and register it when it has one");
            }
        }
    }

    /** Of the whole cluster one process at a time writes with it. */
    @Bean
    SerialChanges endpointChanges(RecordProducers producers, ProvisionedTopics topics, EndpointTopic topic) {
        String transactionalId = topics.names().prefix() + "-webhook-endpoints";
        return new SerialChanges(
                () -> TransactionalWriter.open(
                        () -> producers.createTransactional(
                                "genapi-webhook-endpoints", transactionalId, CHANGE_PATIENCE, LONGEST_TRANSACTION),
                        transactionalId),
                topic,
                CHANGE_PATIENCE,
                Thread::sleep,
                new SplittableRandom(),
                System::nanoTime);
    }

    @Bean
    Phased endpointChanging(SerialChanges endpointChanges) {
        return new Phased(Phased.BEFORE_HTTP, () -> {}, endpointChanges::close);
    }

    @Bean
    Endpoints endpoints(
            EndpointDirectory directory,
            EndpointTopic topic,
            SerialChanges endpointChanges,
            SecretSeal seal,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            GatewaySettings settings,
            InstantSource clock) {
        return new Endpoints(
                directory,
                topic,
                new KafkaEndpointChanges(endpointChanges, seal, topics.names(), identity.source()),
                settings.webhook().maxEndpoints(),
                clock,
                new SecureRandom());
    }

    @Bean
    DeliveryController deliveryController(
            Endpoints endpoints,
            StoreInstances stores,
            KafkaTemplate<byte[], byte[]> jobProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            Turnstile turnstile,
            GatewaySettings settings,
            InstantSource clock) {
        return new DeliveryController(
                endpoints,
                new HttpEndpointStore(stores, settings.storePatience()),
                new KafkaRedeliveries(
                        jobProducer,
                        topics.names().webhookEvents(),
                        topics.partitions(),
                        identity.source(),
                        settings.publishPatience()),
                turnstile,
                clock);
    }

    @Bean
    NamedEndpoint namedEndpoint(EndpointDirectory directory, EndpointTopic topic) {
        return new NamedEndpoint(new EndpointChoice(directory, topic));
    }

    @Bean
    EndpointController endpointController(
            Endpoints endpoints, Receivers receivers, Turnstile turnstile, InstantSource clock) {
        return new EndpointController(endpoints, receivers, turnstile, clock);
    }
}
