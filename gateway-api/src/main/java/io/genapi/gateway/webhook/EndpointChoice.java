package io.genapi.gateway.webhook;

import io.genapi.runtime.webhook.EndpointDirectory;
import io.genapi.runtime.webhook.EndpointTopic;
import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import java.util.Optional;

/** Whether what a job names as its endpoint can be told. Thread-safe. */
public final class EndpointChoice {

    private final EndpointDirectory directory;
    private final EndpointTopic topic;

    public EndpointChoice(EndpointDirectory directory, EndpointTopic topic) {
        this.directory = directory;
        this.topic = topic;
    }

    /** What the name stands for. */
    public sealed interface Reading {

        /** It will be told. */
        record Usable(EndpointId id) implements Reading {}

        /** The tenant has no such endpoint. */
        record Unknown() implements Reading {}

        /** @param reason why nothing is sent to it */
        record Disabled(String reason) implements Reading {}
    }

    /** Reads Kafka to its end only where what is known here speaks against the name. */
    public Reading read(TenantId tenant, String name) throws InterruptedException {
        Optional<EndpointId> id = EndpointId.parse(name);
        if (id.isEmpty()) {
            return new Reading.Unknown();
        }
        if (directory.find(tenant, id.get()).filter(KnownEndpoint::isEnabled).isEmpty()) {
            topic.catchUp();
        }
        Optional<KnownEndpoint> known = directory.find(tenant, id.get());
        if (known.isEmpty()) {
            return new Reading.Unknown();
        }
        return known.get().isEnabled()
                ? new Reading.Usable(id.get())
                : new Reading.Disabled(known.get()
                        .disabled()
                        .map(EndpointStanding.Disabled::reason)
                        .orElse("its owner disabled it"));
    }
}
