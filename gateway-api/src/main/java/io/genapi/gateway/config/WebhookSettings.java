package io.genapi.gateway.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Webhook endpoints: {@code genapi.gateway.webhook.*}.
 *
 * @param maxEndpoints of one tenant
 */
public record WebhookSettings(@DefaultValue("100") int maxEndpoints) {

    public WebhookSettings {
        if (maxEndpoints < 1) {
            throw new IllegalArgumentException(
                    "genapi.gateway.webhook.max-endpoints is " + maxEndpoints + "; set it to at least 1");
        }
    }
}
