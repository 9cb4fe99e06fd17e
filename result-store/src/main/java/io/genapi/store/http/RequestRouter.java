package io.genapi.store.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.TenantId;
import io.genapi.store.job.JobState;
import io.genapi.store.query.JobLookup;
import io.genapi.store.query.LocalReading;
import io.genapi.store.query.Owners;
import io.genapi.store.query.Ownership;
import io.genapi.store.query.PayloadReading;
import io.genapi.store.query.RequestReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gets the request that a job was made of from Kafka, by the process that knows where it lies. Thread-safe. */
public final class RequestRouter {
    private static final int UNAVAILABLE = 503;
    private static final Duration UNTIL_REQUESTS_ARE_READ = Duration.ofMinutes(1);

    private final JobLookup lookup;
    private final RequestReader requests;
    private final Owners owners;
    private final PeerClient peers;
    private final InstantSource clock;

    public RequestRouter(
            JobLookup lookup, RequestReader requests, Owners owners, PeerClient peers, InstantSource clock) {
        this.lookup = lookup;
        this.requests = requests;
        this.owners = owners;
        this.peers = peers;
        this.clock = clock;
    }

    StoreResponse find(JobId id, Optional<TenantId> viewer) throws InterruptedException {
        return switch (owners.of(id)) {
            case Ownership.Here() -> findHere(id, viewer);
            case Ownership.There(List<URI> stores) -> ask(stores, id, viewer);
            case Ownership.Unclear(String reason) -> StoreResponse.unknown(reason);
        };
    }

    /** The answer of this process alone. A request never changes, so that a copy may tell of it just as well. */
    StoreResponse findHere(JobId id, Optional<TenantId> viewer) throws InterruptedException {
        return switch (lookup.state(id, viewer)) {
            case LocalReading.Found(JobState job) -> of(job);
            case LocalReading.Missing() -> StoreResponse.absent(id.value());
            case LocalReading.Elsewhere(String reason) -> ofCopy(id, viewer, reason);
        };
    }

    private StoreResponse ask(List<URI> stores, JobId id, Optional<TenantId> viewer) throws InterruptedException {
        String path = "/store/requests/" + id
                + viewer.map(QueryParameters::onlyTenant).orElse("");
        for (URI store : stores) {
            Optional<HttpResponse<byte[]>> answer = peers.get(store, path, Duration.ZERO);
            if (answer.isPresent() && answer.get().statusCode() < UNAVAILABLE) {
                return new StoreResponse(answer.get().statusCode(), answer.get().body());
            }
        }
        return ofCopy(id, viewer, "the store that has the job's state cannot be reached");
    }

    private StoreResponse ofCopy(JobId id, Optional<TenantId> viewer, String reason) throws InterruptedException {
        Optional<JobState> copy = lookup.glanceAtCopy(id);
        if (copy.isEmpty()) {
            return StoreResponse.unknown(reason);
        }
        return viewer.isEmpty() || viewer.get().equals(copy.get().tenant())
                ? of(copy.get())
                : StoreResponse.absent(id.value());
    }

    private StoreResponse of(JobState job) throws InterruptedException {
        if (job.deletedAt().isPresent()) {
            return StoreResponse.deleted(job.id());
        }
        Optional<RecordPlace> place = job.place();
        if (place.isEmpty()) {
            return isNew(job)
                    ? StoreResponse.unknown("the store has heard of the job, but not read its request yet")
                    : gone(job.id());
        }
        return switch (requests.read(place.get())) {
            case PayloadReading.Present(byte[] document) -> new StoreResponse(200, document);
            case PayloadReading.Gone() -> gone(job.id());
            case PayloadReading.Unavailable(String reason) -> StoreResponse.unknown(reason);
        };
    }

    /** What comes of a job may be read a moment before its request is. */
    private boolean isNew(JobState job) {
        return job.submission().isEmpty()
                && clock.instant().isBefore(job.recordedAt().plus(UNTIL_REQUESTS_ARE_READ));
    }

    private static StoreResponse gone(JobId id) {
        return StoreResponse.error(ApiError.invalidRequest(
                410,
                "job_request_expired",
                "The request of job '%s' is older than the retention and was deleted.".formatted(id)));
    }
}
