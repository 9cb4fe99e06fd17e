package io.genapi.store.topology.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEvent;
import java.util.stream.Stream;

/** Which endpoints an event is for. */
final class Receivers {

    private Receivers() {}

    /** The one that the event names, be it known or not; else the default ones. */
    static Stream<EndpointId> of(WebhookEvent event, EndpointDirectory directory) {
        return event.endpoint().map(Stream::of).orElseGet(() -> defaults(directory, event.tenant(), event.type()));
    }

    /** Those of a tenant that want such an event, whether they are enabled or not. */
    static Stream<EndpointId> defaults(EndpointDirectory directory, TenantId tenant, EventType type) {
        return directory.of(tenant).stream()
                .map(KnownEndpoint::endpoint)
                .filter(endpoint ->
                        endpoint.isDefault() && endpoint.eventTypes().contains(type))
                .map(endpoint -> endpoint.id());
    }
}
