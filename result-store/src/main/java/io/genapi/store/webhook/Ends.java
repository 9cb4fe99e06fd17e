package io.genapi.store.webhook;

import io.genapi.schemas.batch.BatchNews;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.JobApi;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The events that ends of jobs and batches are. */
public final class Ends {

    private static final Set<String> CUT_SHORT = Set.of("length", "content_filter");
    private static final String JOB_PREFIX = "job_";
    private static final String RESPONSE_PREFIX = "resp_";

    private Ends() {}

    /**
     * That of a job; empty where it is no news: of a call that somebody waits for and of a batch's line none is, unless it
     * names an endpoint.
     *
     * @param finishReason of a response that succeeded
     * @param place of the result
     */
    public static Optional<WebhookEvent> of(JobResult result, Optional<String> finishReason, RecordPlace place) {
        Audience audience = result.audience();
        boolean isLine = audience.api().filter(JobApi.BATCH::equals).isPresent();
        Optional<EndpointId> named = audience.webhookEndpoint().flatMap(EndpointId::parse);
        boolean isNews = audience.webhookEndpoint().isPresent() ? named.isPresent() : !audience.awaited() && !isLine;
        if (!isNews) {
            return Optional.empty();
        }
        boolean isResponse = audience.api().filter(JobApi.RESPONSES::equals).isPresent();
        String subject = isResponse
                ? RESPONSE_PREFIX + result.id().value().substring(JOB_PREFIX.length())
                : result.id().value();
        return Optional.of(new WebhookEvent(
                EventId.ofEnd(subject),
                result.tenant(),
                isResponse ? responseType(result, finishReason) : jobType(result),
                result.completedAt(),
                subject,
                named,
                Optional.of(place)));
    }

    /** The name of an endpoint that cannot be one. Such a job tells nobody of its end. */
    public static Optional<String> misnamed(JobResult result) {
        return result.audience()
                .webhookEndpoint()
                .filter(name -> EndpointId.parse(name).isEmpty());
    }

    private static EventType jobType(JobResult result) {
        return switch (result.status()) {
            case SUCCEEDED -> EventType.JOB_SUCCEEDED;
            case CANCELLED -> EventType.JOB_CANCELLED;
            case EXPIRED -> EventType.JOB_EXPIRED;
            case FAILED, QUEUED, RUNNING, PARKED -> EventType.JOB_FAILED;
        };
    }

    private static EventType responseType(JobResult result, Optional<String> finishReason) {
        return switch (result.status()) {
            case SUCCEEDED ->
                finishReason.filter(CUT_SHORT::contains).isPresent()
                        ? EventType.RESPONSE_INCOMPLETE
                        : EventType.RESPONSE_COMPLETED;
            case CANCELLED -> EventType.RESPONSE_CANCELLED;
            case FAILED, EXPIRED, QUEUED, RUNNING, PARKED -> EventType.RESPONSE_FAILED;
        };
    }

    /** That of a batch, if the news is that it has ended. */
    public static Optional<WebhookEvent> of(BatchNews news) {
        return news instanceof BatchNews.Moved moved
                ? type(moved.progress()).map(type -> event(moved, type))
                : Optional.empty();
    }

    private static WebhookEvent event(BatchNews.Moved moved, EventType type) {
        Instant ended = moved.progress().since(moved.progress().status()).orElse(moved.at());
        return new WebhookEvent(
                EventId.ofEnd(moved.id().value()),
                moved.terms().tenant(),
                type,
                ended,
                moved.id().value(),
                moved.terms().webhookEndpoint(),
                Optional.empty());
    }

    private static Optional<EventType> type(BatchProgress progress) {
        return switch (progress.status()) {
            case COMPLETED -> Optional.of(EventType.BATCH_COMPLETED);
            case FAILED -> Optional.of(EventType.BATCH_FAILED);
            case EXPIRED -> Optional.of(EventType.BATCH_EXPIRED);
            case CANCELLED -> Optional.of(EventType.BATCH_CANCELLED);
            case VALIDATING, IN_PROGRESS, FINALIZING, CANCELLING -> Optional.empty();
        };
    }
}
