package io.genapi.gateway.store;

import io.genapi.gateway.job.Requests;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.RecordDocument;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks the living store instances, one after the other, until one knows. Thread-safe. */
public final class HttpRequests implements Requests {

    private final StoreInstances instances;
    private final RequestRecords records;
    private final Duration patience;

    /** @param patience with each instance */
    public HttpRequests(StoreInstances instances, RequestRecords records, Duration patience) {
        this.instances = instances;
        this.records = records;
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
