package io.genapi.runtime.webhook;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which receivers webhooks are sent to beside those of the public internet, which are sent to by https:
 * {@code genapi.webhook.*}. Gateways, which take in addresses, and stores, which dial them, are to be set alike.
 *
 * @param allow hosts, addresses and ranges (10.1.0.0/16) that are sent to by https though they are not public
 * @param allowHttp those that are sent to by plain http too, which {@code allow} need not name again
 * @param allowLoopback whether programs on this machine are sent to, by http or https; for development, and only where
 *     no other machine can register receivers
 */
@ConfigurationProperties("genapi.webhook")
public record ReceiverSettings(
        @DefaultValue({}) List<String> allow,
        @DefaultValue({}) List<String> allowHttp,
        @DefaultValue("false") boolean allowLoopback) {

    public ReceiverSettings {
        allow = List.copyOf(allow);
        allowHttp = List.copyOf(allowHttp);
    }
}
