package io.genapi.schemas.job;

import java.util.Optional;

/**
 * Who is to hear of a job's end, beside whoever asks.
 *
 * @param webhookEndpoint the id of the one endpoint that is told, where the request names one
 * @param awaited whether the caller held a connection open for it
 * @param api empty where it is a job and nothing else
 */
public record Audience(Optional<String> webhookEndpoint, boolean awaited, Optional<JobApi> api) {

    /** Nobody else. */
    public static final Audience NONE = new Audience(Optional.empty(), false, Optional.empty());
}
