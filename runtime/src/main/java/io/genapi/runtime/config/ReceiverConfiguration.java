package io.genapi.runtime.config;

import io.genapi.runtime.net.BoundedResolver;
import io.genapi.runtime.net.HostResolver;
import io.genapi.runtime.webhook.ReceiverHosts;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.runtime.webhook.ReceiverSettings;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Where webhooks may be sent, for a service that takes in receivers or sends to them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReceiverSettings.class)
public class ReceiverConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiverConfiguration.class);
    private static final Duration LOOK_UP_PATIENCE = Duration.ofSeconds(5);

    @Bean
    ReceiverPolicy receiverPolicy(ReceiverSettings settings, Environment environment) {
        ReceiverPolicy policy = ReceiverPolicy.of(settings, environment.getProperty("server.address", "127.0.0.1"));
        if (settings.allowLoopback()) {
            LOG.info("Webhooks may go to programs on this machine, by plain http too (genapi.webhook.allow-loopback)");
        }
        return policy;
    }

    @Bean
    BoundedResolver receiverResolver() {
        return new BoundedResolver(HostResolver.ofSystem(), LOOK_UP_PATIENCE);
    }

    @Bean
    ReceiverHosts receiverHosts(ReceiverPolicy policy, BoundedResolver receiverResolver) {
        return new ReceiverHosts(policy, receiverResolver);
    }
}
