package io.genapi.gateway.job;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.ModelName;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The document of a job that was accepted a moment ago, as the store will tell it until a worker takes it up. */
public record QueuedJob(JobRequest request, ModelName model) {

    private static final JsonFactory JSON = new JsonFactory();

    /** The job document, in UTF-8. */
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(768);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("id", request.id().value());
            json.writeStringProperty("object", "job");
            json.writeStringProperty("status", JobStatus.QUEUED.wireName());
            json.writeStringProperty("lane", request.lane().wireName());
            json.writeStringProperty("model", model.value());
            json.writeNullProperty("vendor");
            json.writeNullProperty("vendor_request_id");
            json.writeStringProperty("tenant", request.tenant().value());
            json.writeStringProperty(
                    "correlation_id", request.correlation().id().toString());
            json.writeStringProperty("request_id", request.requestId().value());
            json.writeStringProperty("created_at", request.submittedAt().toString());
            json.writeNullProperty("started_at");
            json.writeNullProperty("completed_at");
            json.writeName("deadline");
            json.writeString(request.deadline().map(Object::toString).orElse(null));
            json.writeNumberProperty("attempts", 0);
            request.redriveOf().ifPresent(ended -> json.writeStringProperty("redrive_of", ended.value()));
            for (String later :
                    new String[] {"usage", "cost_usd", "queued_ms", "vendor_ms", "http_status", "last_error"}) {
                json.writeNullProperty(later);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
