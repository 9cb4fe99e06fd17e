package io.genapi.schemas.batch;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked of a batch. Never changes.
 *
 * @param input the file with its requests
 * @param endpoint the path that all its requests are for
 * @param completionWindow as the caller wrote it
 * @param metadata the caller's own
 * @param outputLife how long the files with what came of it are kept, where the caller says so
 * @param webhookEndpoint the only one that is told of its end, where the caller names it
 * @param expiresAt from then on no request of it is begun
 */
public record BatchTerms(
        TenantId tenant,
        FileId input,
        String endpoint,
        String completionWindow,
        Optional<Map<String, String>> metadata,
        Optional<Duration> outputLife,
        Optional<EndpointId> webhookEndpoint,
        Instant createdAt,
        Instant expiresAt) {

    public BatchTerms {
        metadata = metadata.map(Map::copyOf);
    }

    /** Whether both ask for the same, whenever they do and whoever is to hear of it. */
    public boolean asksForTheSame(BatchTerms other) {
        return tenant.equals(other.tenant)
                && input.equals(other.input)
                && endpoint.equals(other.endpoint)
                && completionWindow.equals(other.completionWindow)
                && metadata.equals(other.metadata)
                && outputLife.equals(other.outputLife);
    }
}
