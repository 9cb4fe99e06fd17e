package io.genapi.schemas.webhook;

import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that endpoints are told of.
 *
 * @param subject the id of the job, response or batch that it is about
 * @param endpoint the only one that is told, if it was named; else every default one of the tenant is
 * @param result where the record lies that it was read from; empty for an event that has no result
 * @param traceParent the span that this record was written in
 */
public record WebhookEvent(
        EventId id,
        TenantId tenant,
        EventType type,
        Instant createdAt,
        String subject,
        Optional<EndpointId> endpoint,
        Optional<RecordPlace> result,
        Optional<TraceParent> traceParent) {

    /** One of which no span is known. */
    public WebhookEvent(
            EventId id,
            TenantId tenant,
            EventType type,
            Instant createdAt,
            String subject,
            Optional<EndpointId> endpoint,
            Optional<RecordPlace> result) {
        this(id, tenant, type, createdAt, subject, endpoint, result, Optional.empty());
    }

    public WebhookEvent traced(Optional<TraceParent> span) {
        return new WebhookEvent(id, tenant, type, createdAt, subject, endpoint, result, span);
    }
}
