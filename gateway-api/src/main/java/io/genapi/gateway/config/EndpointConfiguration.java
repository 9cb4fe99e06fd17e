package io.genapi.gateway.config;

import io.genapi.gateway.http.DeliveryController;
import io.genapi.gateway.http.EndpointController;
import io.genapi.gateway.http.NamedEndpoint;
import io.genapi.gateway.http.Turnstile;
import io.genapi.gateway.kafka.KafkaRedeliveries;
import io.genapi.gateway.store.HttpEndpointStore;
import io.genapi.gateway.store.StoreInstances;
import io.genapi.gateway.webhook.EndpointChoice;
import io.genapi.gateway.webhook.Endpoints;
import io.genapi.gateway.webhook.Receivers;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.net.ForbiddenAddressException;
import io.genapi.runtime.net.LookUpBusyException;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.runtime.webhook.ReceiverHosts;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.runtime.webhook.ReceiverReading;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** Webhook endpoints, as their owners see and name them. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

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

    @Bean
    Endpoints endpoints(
            EndpointDirectory directory, EndpointTopic topic, GatewaySettings settings, InstantSource clock) {
        return new Endpoints(directory, topic, settings.webhook().maxEndpoints(), clock, new SecureRandom());
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
