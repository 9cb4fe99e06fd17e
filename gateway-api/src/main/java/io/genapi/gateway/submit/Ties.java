package io.genapi.gateway.submit;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.ResponseEcho;
import java.util.Optional;

/**
 * What a job has to do with beside its own request.
 *
 * @param redriveOf the ended job that it is another go at
 * @param replyTopic a topic beside the results' that its result goes to
 * @param webhookEndpoint that its result goes to
 * @param responseEcho only where it comes by the Responses API
 */
public record Ties(
        Optional<JobId> redriveOf,
        Optional<String> replyTopic,
        Optional<String> webhookEndpoint,
        Optional<ResponseEcho> responseEcho) {

    public static final Ties NONE = new Ties(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Those of an answer by the Responses API. */
    public static Ties of(ResponseEcho echo) {
        return new Ties(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(echo));
    }

    /** The same, with the endpoint that is named now; with the one that was there where none is. */
    public Ties telling(Optional<String> endpoint) {
        return new Ties(redriveOf, replyTopic, endpoint.or(() -> webhookEndpoint), responseEcho);
    }

    /** Those of another go at a job that has ended. */
    public static Ties redriving(JobRequest ended) {
        return new Ties(Optional.of(ended.id()), ended.replyTopic(), ended.webhookEndpoint(), ended.responseEcho());
    }
}
