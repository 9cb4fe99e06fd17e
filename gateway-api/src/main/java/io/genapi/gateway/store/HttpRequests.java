package io.genapi.gateway.store;

import io.genapi.gateway.job.Bodies;
import io.genapi.gateway.job.Requests;
import io.genapi.runtime.claim.BodyOpening;
import io.genapi.schemas.job.ClaimCheck;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.RecordDocument;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the living store instances, one after the other, until one knows. Thread-safe. */
public final class HttpRequests implements Requests {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRequests.class);

    private final StoreInstances instances;
    private final RequestRecords records;
    private final Bodies bodies;
    private final Duration patience;

    /** @param patience with each instance */
    public HttpRequests(StoreInstances instances, RequestRecords records, Bodies bodies, Duration patience) {
        this.instances = instances;
        this.records = records;
        this.bodies = bodies;
        this.patience = patience;
    }

    @Override
    public Answer find(JobId id, Optional<TenantId> viewer) {
        String query = viewer.map(tenant -> "?tenant=" + URLEncoder.encode(tenant.value(), StandardCharsets.UTF_8))
                .orElse("");
        return instances.<Answer>ask(
                "/store/requests/" + id + query,
                patience,
                answer -> answer.map(response -> read(id, response))
                        .orElseGet(() -> new Answer.Unknown("the result store did not answer")),
                answer -> !(answer instanceof Answer.Unknown),
                new Answer.Unknown("no result store is running"));
    }

    @Override
    public Answer findWhole(JobId id, Optional<TenantId> viewer) throws InterruptedException {
        Answer answer = find(id, viewer);
        return answer instanceof Answer.Found(var request) && request.claim().isPresent()
                ? opened(request, request.claim().get())
                : answer;
    }

    private Answer opened(JobRequest request, ClaimCheck claim) throws InterruptedException {
        return switch (bodies.open(claim)) {
            case BodyOpening.Opened(byte[] body) -> new Answer.Found(request.opened(body));
            case BodyOpening.Lost(var reason) -> {
                LOG.atError()
                        .addKeyValue("job_id", request.id().value())
                        .log("The body of a request is lost: {}", reason);
                yield new Answer.Gone();
            }
            case BodyOpening.Unavailable(var reason) -> {
                LOG.atWarn()
                        .addKeyValue("job_id", request.id().value())
                        .log("The body of a request cannot be read: {}", reason);
                yield new Answer.Unknown("the place of large requests cannot be read");
            }
        };
    }

    private Answer read(JobId id, HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 ->
                RecordDocument.read(response.body())
                        .map(records::read)
                        .<Answer>map(reading -> request(id, reading))
                        .orElseGet(() -> new Answer.Unknown("the result store's answer is not understood"));
            case 404 -> new Answer.NotFound();
            case 410 -> new Answer.Gone();
            case 503 -> new Answer.Unknown("the result store is catching up");
            default -> new Answer.Unknown("the result store answered " + response.statusCode());
        };
    }

    /** Where a topic was made anew, or lost its end, another job's request may lie in the place. */
    private static Answer request(JobId id, RequestReading reading) {
        return switch (reading) {
            case RequestReading.Accepted(var request) when request.id().equals(id) -> new Answer.Found(request);
            case RequestReading.Invalid(var request, var _) when request.id().equals(id) -> new Answer.Found(request);
            case RequestReading.Accepted _, RequestReading.Invalid _, RequestReading.Unreadable _ -> new Answer.Gone();
        };
    }
}
