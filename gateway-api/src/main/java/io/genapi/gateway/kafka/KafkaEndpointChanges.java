package io.genapi.gateway.kafka;

import io.genapi.gateway.webhook.EndpointChanges;
import io.genapi.runtime.control.SerialChanges;
import io.genapi.runtime.control.SerialChanges.Decision;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.webhook.SecretSeal;
import java.util.List;
import java.util.function.Supplier;

/** Writes endpoints to {@code genapi.webhook-endpoints}. Thread-safe. */
public final class KafkaEndpointChanges implements EndpointChanges {

    private final SerialChanges changes;
    private final SecretSeal seal;
    private final TopicNames topics;
    private final String source;

    /**
     * @param seal how secrets are written
     * @param source this process, as CloudEvents' {@code source}
     */
    public KafkaEndpointChanges(SerialChanges changes, SecretSeal seal, TopicNames topics, String source) {
        this.changes = changes;
        this.seal = seal;
        this.topics = topics;
        this.source = source;
    }

    @Override
    public <T> T make(Supplier<Change<T>> change) throws InterruptedException {
        return changes.make(() -> decision(change.get()));
    }

    private <T> Decision<T> decision(Change<T> change) {
        return switch (change) {
            case Change.Write<T>(var endpoint, T answer) ->
                new Decision<>(
                        List.of(WebhookEndpointRecords.write(endpoint, seal, topics.webhookEndpoints(), source)),
                        answer);
            case Change.Remove<T>(var tenant, var id, T answer) ->
                new Decision<>(
                        List.of(
                                WebhookEndpointRecords.remove(tenant, id, topics.webhookEndpoints()),
                                WebhookEndpointRecords.removeStanding(tenant, id, topics.webhookStandings())),
                        answer);
            case Change.Nothing<T>(T answer) -> new Decision<>(List.of(), answer);
        };
    }
}
