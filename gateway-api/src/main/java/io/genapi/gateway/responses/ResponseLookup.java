package io.genapi.gateway.responses;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.Requests;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.ResponseEcho;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds responses: how their jobs stand, and what was asked. As that never changes, what was read of the last ones is kept
 * for those that are polled. Thread-safe.
 */
public final class ResponseLookup {

    private static final int REMEMBERED = 1_000;

    private final JobLookup jobs;
    private final Requests requests;
    private final Map<JobId, StoredResponse> remembered = Collections.synchronizedMap(new Remembered());

    public ResponseLookup(JobLookup jobs, Requests requests) {
        this.jobs = jobs;
        this.requests = requests;
    }

    /** Those that were asked for last. */
    private static final class Remembered extends LinkedHashMap<JobId, StoredResponse> {

        private static final long serialVersionUID = 1L;

        private Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, StoredResponse> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** @param viewer for whom there are no jobs but its own; empty for who may see all */
    public ResponseAnswer find(ResponseId id, Optional<TenantId> viewer) throws InterruptedException {
        return switch (jobs.find(id.job(), viewer, Duration.ZERO)) {
            case StoreAnswer.Found(byte[] document) ->
                JobDocument.read(document)
                        .map(job -> of(id, viewer, job))
                        .orElseGet(() -> new ResponseAnswer.Unknown("the result store's answer is no job"));
            case StoreAnswer.NotFound _, StoreAnswer.Gone _ -> new ResponseAnswer.NotFound();
            case StoreAnswer.Unknown(String reason) -> new ResponseAnswer.Unknown(reason);
        };
    }

    private ResponseAnswer of(ResponseId id, Optional<TenantId> viewer, JobDocument job) {
        StoredResponse known = remembered.get(id.job());
        if (known != null) {
            return kept(known, job);
        }
        return switch (requests.find(id.job(), viewer)) {
            case Requests.Answer.Found(JobRequest request) ->
                StoredResponse.of(request)
                        .map(response -> kept(remember(response, request), job))
                        .orElseGet(ResponseAnswer.NotFound::new);
            case Requests.Answer.NotFound _, Requests.Answer.Gone _ -> new ResponseAnswer.NotFound();
            case Requests.Answer.Unknown(String reason) -> new ResponseAnswer.Unknown(reason);
        };
    }

    private StoredResponse remember(StoredResponse response, JobRequest request) {
        // The id of a key may come to mean another request when its job is forgotten.
        boolean lasting = !request.id().createdAt().equals(Instant.EPOCH);
        if (lasting && request.responseEcho().filter(ResponseEcho::isSmall).isPresent()) {
            remembered.put(request.id(), response);
        }
        return response;
    }

    private static ResponseAnswer kept(StoredResponse response, JobDocument job) {
        return response.kept() ? new ResponseAnswer.Found(response, job) : new ResponseAnswer.NotFound();
    }

    /** A response whose job was submitted, as it was asked for first. */
    public Submitted submitted(JobId id) {
        return switch (requests.find(id, Optional.empty())) {
            case Requests.Answer.Found(JobRequest request) ->
                StoredResponse.of(request).<Submitted>map(Submitted.Found::new).orElseGet(Submitted.None::new);
            case Requests.Answer.NotFound _, Requests.Answer.Gone _ -> new Submitted.None();
            case Requests.Answer.Unknown(String reason) -> new Submitted.Unknown(reason);
        };
    }

    /** The request of a response that was found, with all that was said. */
    public Requests.Answer request(ResponseId id, Optional<TenantId> viewer) throws InterruptedException {
        return requests.findWhole(id.job(), viewer);
    }
}
