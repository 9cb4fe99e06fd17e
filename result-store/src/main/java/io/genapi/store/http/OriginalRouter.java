package io.genapi.store.http;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Original;
import io.genapi.store.job.JobState;
import io.genapi.store.query.JobLookup;
import io.genapi.store.query.LocalReading;
import io.genapi.store.query.Owners;
import io.genapi.store.query.Ownership;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Gets the record that a job was made of from the process that has the job. Thread-safe. */
public final class OriginalRouter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int UNAVAILABLE = 503;

    private final JobLookup lookup;
    private final Owners owners;
    private final PeerClient peers;

    public OriginalRouter(JobLookup lookup, Owners owners, PeerClient peers) {
        this.lookup = lookup;
        this.owners = owners;
        this.peers = peers;
    }

    StoreResponse find(JobId id) throws InterruptedException {
        return switch (owners.of(id)) {
            case Ownership.Here() -> findHere(id);
            case Ownership.There(List<URI> stores) -> ask(stores, id);
            case Ownership.Unclear(String reason) -> StoreResponse.unknown(reason);
        };
    }

    /** The answer of this process alone. That a copy does not have the job yet says nothing. */
    StoreResponse findHere(JobId id) {
        return switch (lookup.glance(id)) {
            case LocalReading.Found(JobState job) -> of(job);
            case LocalReading.Missing() -> StoreResponse.absent(id.value());
            case LocalReading.Elsewhere(String reason) -> ofCopy(id).orElseGet(() -> StoreResponse.unknown(reason));
        };
    }

    private StoreResponse ask(List<URI> stores, JobId id) throws InterruptedException {
        for (URI store : stores) {
            Optional<HttpResponse<byte[]>> answer = peers.get(store, "/store/originals/" + id, Duration.ZERO);
            if (answer.isPresent() && answer.get().statusCode() < UNAVAILABLE) {
                return new StoreResponse(answer.get().statusCode(), answer.get().body());
            }
        }
        return ofCopy(id)
                .orElseGet(() -> StoreResponse.unknown("the store that has the job's state cannot be reached"));
    }

    private Optional<StoreResponse> ofCopy(JobId id) {
        return lookup.glanceAtCopy(id).filter(job -> job.original().isPresent()).map(OriginalRouter::of);
    }

    private static StoreResponse of(JobState job) {
        return job.original()
                .map(original -> new StoreResponse(200, document(original)))
                .orElseGet(() -> StoreResponse.absent(job.id().value()));
    }

    private static byte[] document(Original original) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("topic", original.topic());
            json.writeNumberProperty("partition", original.partition());
            json.writeNumberProperty("offset", original.offset());
            json.writeStringProperty("body_sha256", original.digest().hex());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
