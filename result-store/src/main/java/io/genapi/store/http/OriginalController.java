package io.genapi.store.http;

import static io.genapi.store.http.PeerClient.FORWARDED;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.Likeness;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import io.genapi.store.query.RecentRequests;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Which request was the first: gateways and workers ask, so that what is submitted twice is run once. */
@RestController
public final class OriginalController {
    private static final JsonFactory JSON = new JsonFactory();

    private final OriginalRouter router;
    private final RequestRouter requests;
    private final RecentRequests recent;
    private final InstantSource clock;

    public OriginalController(
            OriginalRouter router, RequestRouter requests, RecentRequests recent, InstantSource clock) {
        this.router = router;
        this.requests = requests;
        this.recent = recent;
        this.clock = clock;
    }

    /**
     * The record that a job with an idempotency key was made of: 200, 404 if none was seen yet, 503 while it cannot be
     * told. What was told once stays so.
     */
    @GetMapping("/store/originals/{id}")
    ResponseEntity<byte[]> original(
            @PathVariable("id") String id,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        Optional<JobId> parsed = JobId.parse(id);
        if (parsed.isEmpty()) {
            return entity(StoreResponse.absent(id));
        }
        return entity(forwarded == null ? router.find(parsed.get()) : router.findHere(parsed.get()));
    }

    /**
     * The request that a job was made of, as the contract's document of a record: 200, 404 if there is certainly no such
     * job or it is not the asking tenant's, 410 if Kafka has it no longer or its result was deleted, 503 while it cannot be
     * told.
     */
    @GetMapping("/store/requests/{id}")
    ResponseEntity<byte[]> request(
            @PathVariable("id") String id,
            @RequestParam(name = "tenant", required = false) @Nullable String tenant,
            @RequestHeader(name = FORWARDED, required = false) @Nullable String forwarded)
            throws InterruptedException {
        Optional<TenantId> viewer = QueryParameters.viewer(tenant);
        Optional<JobId> parsed = JobId.parse(id);
        if (parsed.isEmpty()) {
            return entity(StoreResponse.absent(id));
        }
        return entity(
                forwarded == null ? requests.find(parsed.get(), viewer) : requests.findHere(parsed.get(), viewer));
    }

    /** The jobs that were submitted lately by a like request, the latest first, as far as this process alone knows. */
    @GetMapping("/store/recent-requests")
    ResponseEntity<byte[]> recent(
            @RequestParam("tenant") String tenant,
            @RequestParam("body_sha256") String digest,
            @RequestParam(name = "vendor", required = false) @Nullable String vendor,
            @RequestParam(name = "ordering_key", required = false) @Nullable String orderingKey) {
        if (tenant.isBlank()) {
            throw new InvalidParameterException("tenant", tenant, "a tenant's name");
        }
        BodyDigest body = BodyDigest.parse(digest)
                .orElseThrow(
                        () -> new InvalidParameterException("body_sha256", digest, "64 lower-case hexadecimal digits"));
        Likeness likeness = new Likeness(
                new TenantId(tenant),
                body,
                Optional.ofNullable(vendor).map(VendorName::new),
                Optional.ofNullable(orderingKey));
        List<JobId> jobs = recent.find(likeness, clock.instant());
        return entity(new StoreResponse(200, document(jobs)));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrong(InvalidParameterException invalid) {
        return entity(StoreResponse.error(
                ApiError.invalidRequest(400, "invalid_parameter", invalid.parameter(), invalid.explanation())));
    }

    private static byte[] document(List<JobId> jobs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("jobs");
            jobs.forEach(id -> json.writeString(id.value()));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static ResponseEntity<byte[]> entity(StoreResponse response) {
        ResponseEntity.BodyBuilder builder =
                ResponseEntity.status(response.status()).contentType(MediaType.APPLICATION_JSON);
        return (response.status() == 503 ? builder.header(HttpHeaders.RETRY_AFTER, "1") : builder)
                .body(response.body());
    }
}
