package io.genapi.worker;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.schemas.chat.ChatCompletion;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.job.Correlation;
import io.genapi.schemas.job.CorrelationId;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.body.Bodies;
import io.genapi.worker.vendor.VendorCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the tests speak about. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    public static final ModelName MODEL = new ModelName("gpt-4o");
    public static final String BODY = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    public static final String COMPLETION =
            "{\"object\":\"chat.completion\",\"model\":\"vendor-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5}}";

    private Samples() {}

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static JobRequest job() {
        return job(BODY);
    }

    public static JobRequest job(String body) {
        return job(body, false, Optional.empty(), Optional.empty());
    }

    public static JobRequest job(
            String body, boolean awaited, Optional<VendorName> vendor, Optional<Instant> deadline) {
        return new JobRequest(
                JobId.derive(NOW, "sample"),
                Lane.DEFAULT,
                TenantId.DEFAULT,
                Correlation.of(CorrelationId.of("order 7")),
                new RequestId("req-1"),
                NOW,
                deadline,
                awaited,
                vendor,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                utf8(body));
    }

    /** Where no job's body lies elsewhere. */
    public static final Bodies NO_BODIES = claim -> {
        throw new IllegalStateException("nothing is known of " + claim);
    };

    public static JobRequest replyingTo(String topic) {
        JobRequest job = job();
        return with(job, job.id(), Optional.of(topic), job.idempotencyKey(), job.orderingKey());
    }

    public static JobRequest keyed(JobRequest job, String idempotencyKey) {
        JobId id = JobId.ofKey(job.tenant(), idempotencyKey);
        return with(job, id, job.replyTopic(), Optional.of(idempotencyKey), job.orderingKey());
    }

    public static JobRequest ordered(JobRequest job, String orderingKey) {
        return with(job, job.id(), job.replyTopic(), job.idempotencyKey(), Optional.of(orderingKey));
    }

    private static JobRequest with(
            JobRequest job,
            JobId id,
            Optional<String> replyTopic,
            Optional<String> idempotencyKey,
            Optional<String> orderingKey) {
        return new JobRequest(
                id,
                job.lane(),
                job.tenant(),
                job.correlation(),
                job.requestId(),
                job.submittedAt(),
                job.deadline(),
                job.awaited(),
                job.vendor(),
                replyTopic,
                job.webhookEndpoint(),
                idempotencyKey,
                orderingKey,
                job.body());
    }

    public static ChatCompletion completion() {
        return ChatCompletion.read(utf8(COMPLETION)).orElseThrow();
    }

    public static ChatRequestBody body(String json) {
        return switch (ChatRequestReader.read(utf8(json))) {
            case ChatRequestReading.Valid(var body) -> body;
            case ChatRequestReading.Invalid(var error) -> throw new IllegalArgumentException(error.message());
        };
    }

    /** The catalog that a file of this text makes, with a key for vendor {@code keyed}. */
    public static VendorCatalog catalog(String yaml) {
        try {
            Path file = Files.createTempFile("catalog", ".yaml");
            try {
                Files.writeString(file, yaml);
                return CatalogFile.read(file, Map.of("VENDOR_KEY", "sk-secret"));
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Vendors {@code north} and {@code south} serve gpt-4o; only north serves o3. */
    public static VendorCatalog twoVendors() {
        return withTenants("");
    }

    /** @param tenants each a line of the catalog */
    public static VendorCatalog withTenants(String... tenants) {
        return catalog("""
                vendors:
                  north: { base-url: "https://north.example/v1", api-key: "env:VENDOR_KEY", timeout: 10s }
                  south: { base-url: "https://south.example/v1" }
                models:
                  gpt-4o: [{ vendor: north, model: north-4o }, { vendor: south }]
                  o3: [{ vendor: north }]
                tenants:
                  %s
                """.formatted(String.join("\n  ", tenants)));
    }

    public static VendorCatalog oneVendor(String baseUrl, Duration timeout) {
        return catalog("""
                vendors:
                  only: { base-url: "%s", api-key: "env:VENDOR_KEY", timeout: %dms }
                models:
                  gpt-4o: [{ vendor: only, model: vendor-model }]
                """.formatted(baseUrl, timeout.toMillis()));
    }

    public static VendorCall call(Candidate candidate, Duration limit) {
        return call(candidate, BODY, limit);
    }

    public static VendorCall call(Candidate candidate, String body, Duration limit) {
        return new VendorCall(
                candidate, body(body), new RequestId("req-1"), CorrelationId.of("order 7"), "cafe0001", limit);
    }
}
