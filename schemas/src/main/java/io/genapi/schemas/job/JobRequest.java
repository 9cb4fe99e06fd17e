package io.genapi.schemas.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job's input.
 *
 * @param submittedAt when the caller handed it in
 * @param deadline after it the job is {@code expired} and no vendor call starts
 * @param awaited whether a caller holds a connection open for the result, so that news on the way need not be published
 * @param vendor the only vendor that may serve it, where the caller restricts it
 * @param replyTopic a topic beside {@code genapi.results} that the result goes to
 * @param idempotencyKey of all requests of one tenant and key one is run
 * @param orderingKey jobs of one tenant, lane and ordering key run one after another
 * @param redriveOf the ended job that it is another go at
 * @param responseEcho only where it came by the Responses API
 * @param api empty where it came by none that has words of its own for its end
 * @param claim for the body, where that lies elsewhere
 * @param body the OpenAI chat completion request, byte for byte as submitted, or of one that lies elsewhere its
 *     {@link io.genapi.schemas.chat.BodyStub stub}; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // A body is up to 10 MiB: it is handed on, never copied or compared.
public record JobRequest(
        JobId id,
        Lane lane,
        TenantId tenant,
        Correlation correlation,
        RequestId requestId,
        Instant submittedAt,
        Optional<Instant> deadline,
        boolean awaited,
        Optional<VendorName> vendor,
        Optional<String> replyTopic,
        Optional<String> webhookEndpoint,
        Optional<String> idempotencyKey,
        Optional<String> orderingKey,
        Optional<JobId> redriveOf,
        Optional<ResponseEcho> responseEcho,
        Optional<JobApi> api,
        Optional<ClaimCheck> claim,
        byte[] body) {

    /** A chat completion request that is nobody's second go. */
    public JobRequest(
            JobId id,
            Lane lane,
            TenantId tenant,
            Correlation correlation,
            RequestId requestId,
            Instant submittedAt,
            Optional<Instant> deadline,
            boolean awaited,
            Optional<VendorName> vendor,
            Optional<String> replyTopic,
            Optional<String> webhookEndpoint,
            Optional<String> idempotencyKey,
            Optional<String> orderingKey,
            byte[] body) {
        this(
                id,
                lane,
                tenant,
                correlation,
                requestId,
                submittedAt,
                deadline,
                awaited,
                vendor,
                replyTopic,
                webhookEndpoint,
                idempotencyKey,
                orderingKey,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                body);
    }

    /** The same as a job of its own, whatever its idempotency key stands for. */
    public JobRequest apart(JobId own) {
        return new JobRequest(
                own,
                lane,
                tenant,
                correlation,
                requestId,
                submittedAt,
                deadline,
                awaited,
                vendor,
                replyTopic,
                webhookEndpoint,
                Optional.empty(),
                orderingKey,
                redriveOf,
                responseEcho,
                api,
                claim,
                body);
    }

    /** The same with its body elsewhere. */
    public JobRequest checkedIn(ClaimCheck check, byte[] stub) {
        ClaimCheck whole = responseEcho.isEmpty() ? check : check.asking(digest());
        return with(Optional.of(whole), stub);
    }

    /** The same with its body here. */
    public JobRequest opened(byte[] whole) {
        return with(Optional.empty(), whole);
    }

    private JobRequest with(Optional<ClaimCheck> check, byte[] value) {
        return new JobRequest(
                id,
                lane,
                tenant,
                correlation,
                requestId,
                submittedAt,
                deadline,
                awaited,
                vendor,
                replyTopic,
                webhookEndpoint,
                idempotencyKey,
                orderingKey,
                redriveOf,
                responseEcho,
                api,
                check,
                value);
    }

    /** Who is to hear of its end. */
    public Audience audience() {
        return new Audience(webhookEndpoint, awaited, api);
    }

    /** Of all that was asked, wherever the body lies. */
    public BodyDigest digest() {
        return claim.map(ClaimCheck::asked).orElseGet(() -> BodyDigest.of(body, responseEcho));
    }

    /** The series that it belongs to, if it has an ordering key. */
    public Optional<JobOrder> order() {
        return orderingKey.map(key -> new JobOrder(tenant, key));
    }
}
