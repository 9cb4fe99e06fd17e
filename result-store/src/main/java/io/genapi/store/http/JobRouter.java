package io.genapi.store.http;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import io.genapi.store.query.JobAnswer;
import io.genapi.store.query.JobLookup;
import io.genapi.store.query.Owners;
import io.genapi.store.query.Ownership;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gets a job's document from the process that has it. Thread-safe. */
public final class JobRouter {
    private static final int UNAVAILABLE = 503;

    private final JobLookup lookup;
    private final Owners owners;
    private final PeerClient peers;

    public JobRouter(JobLookup lookup, Owners owners, PeerClient peers) {
        this.lookup = lookup;
        this.owners = owners;
        this.peers = peers;
    }

    StoreResponse find(JobId id, Optional<TenantId> viewer, Duration wait) throws InterruptedException {
        return switch (owners.of(id)) {
            case Ownership.Here() -> StoreResponse.of(id, lookup.find(id, viewer, wait));
            case Ownership.There(List<URI> stores) -> ask(stores, id, viewer, wait);
            case Ownership.Unclear(String reason) -> StoreResponse.of(id, new JobAnswer.Unknown(reason));
        };
    }

    /** The answer of this process alone: another one took it for the owner, or for the keeper of a copy. */
    StoreResponse findHere(JobId id, Optional<TenantId> viewer, Duration wait) throws InterruptedException {
        JobAnswer answer = lookup.find(id, viewer, wait);
        return StoreResponse.of(id, answer instanceof JobAnswer.Unknown ? lookup.findCopy(id, viewer, wait) : answer);
    }

    private StoreResponse ask(List<URI> stores, JobId id, Optional<TenantId> viewer, Duration wait)
            throws InterruptedException {
        String path = "/store/jobs/" + id + "?wait_ms=" + wait.toMillis()
                + viewer.map(QueryParameters::tenant).orElse("");
        for (URI store : stores) {
            Optional<HttpResponse<byte[]>> answer = peers.get(store, path, wait);
            if (answer.isPresent() && answer.get().statusCode() < UNAVAILABLE) {
                return new StoreResponse(answer.get().statusCode(), answer.get().body());
            }
        }
        return StoreResponse.of(id, lookup.findCopy(id, viewer, wait));
    }
}
