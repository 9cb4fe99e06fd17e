package io.genapi.store.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.Usage;
import io.genapi.store.job.Ending;
import io.genapi.store.job.JobState;
import io.genapi.store.job.Submission;
import io.genapi.store.job.Trouble;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A job as JSON. The payload's bytes are put in as they are. */
final class JobDocument {
    private static final JsonFactory JSON = new JsonFactory();

    private JobDocument() {}

    /** The document without what came of the job, for lists. */
    static byte[] withoutResult(JobState job) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            writeIdentity(json, job);
            writeTimes(json, job);
            writeAccounting(json, job);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** @param payload of the result, where the job has ended */
    static byte[] write(JobState job, Optional<byte[]> payload) {
        byte[] document = withoutResult(job);
        if (payload.isEmpty()) {
            return document;
        }
        boolean succeeded = job.status() == JobStatus.SUCCEEDED;
        byte[] end = succeeded ? payload.get() : errorIn(payload.get());
        byte[] name = (succeeded ? ",\"result\":" : ",\"error\":").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(document.length + name.length + end.length);
        bytes.write(document, 0, document.length - 1);
        bytes.writeBytes(name);
        bytes.writeBytes(end);
        bytes.write('}');
        return bytes.toByteArray();
    }

    private static byte[] errorIn(byte[] envelope) {
        return JsonSlices.property(envelope, "error").orElseGet(() -> {
            ApiError unreadable = ApiError.server(
                    500, "unreadable_result", "The job ended without success, and its error cannot be read.");
            return JsonSlices.property(unreadable.toJson(), "error").orElseThrow();
        });
    }

    private static void writeIdentity(JsonGenerator json, JobState job) {
        json.writeStringProperty("id", job.id().value());
        json.writeStringProperty("object", "job");
        json.writeStringProperty("status", job.status().wireName());
        text(json, "lane", job.submission().map(Submission::lane).map(lane -> lane.wireName()));
        text(json, "model", job.ending().flatMap(Ending::model));
        text(json, "vendor", job.vendor());
        text(json, "vendor_request_id", job.ending().flatMap(Ending::vendorRequestId));
        json.writeStringProperty("tenant", job.tenant().value());
        json.writeStringProperty("correlation_id", job.correlationId());
        json.writeStringProperty("request_id", job.requestId().value());
    }

    private static void writeTimes(JsonGenerator json, JobState job) {
        json.writeStringProperty("created_at", job.createdAt().toString());
        text(json, "started_at", job.startedAt());
        text(json, "completed_at", job.ending().map(Ending::completedAt));
        text(json, "deadline", job.submission().flatMap(Submission::deadline));
    }

    private static void writeAccounting(JsonGenerator json, JobState job) {
        Optional<Ending> end = job.ending();
        json.writeNumberProperty("attempts", job.attempts());
        writeUsage(json, end.flatMap(Ending::usage).orElse(null));
        json.writeName("cost_usd");
        json.writeNumber(end.flatMap(Ending::costUsd).orElse(null));
        number(json, "queued_ms", end.map(ending -> ending.queued().toMillis()));
        number(json, "vendor_ms", end.map(ending -> ending.vendorTime().toMillis()));
        number(json, "http_status", end.map(ending -> (long) ending.httpStatus()));
        job.progress().parkNumber().ifPresent(number -> json.writeNumberProperty("park_number", number));
        job.submission()
                .flatMap(Submission::redriveOf)
                .ifPresent(ended -> json.writeStringProperty("redrive_of", ended.value()));
        text(json, "last_error", job.progress().trouble().map(Trouble::reason));
    }

    private static void writeUsage(JsonGenerator json, @Nullable Usage usage) {
        if (usage == null) {
            json.writeNullProperty("usage");
            return;
        }
        json.writeObjectPropertyStart("usage");
        json.writeNumberProperty("input_tokens", usage.inputTokens());
        json.writeNumberProperty("output_tokens", usage.outputTokens());
        json.writeNumberProperty("total_tokens", usage.totalTokens());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<?> value) {
        json.writeName(name);
        json.writeString(value.map(Object::toString).orElse(null));
    }

    private static void number(JsonGenerator json, String name, Optional<Long> value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.get());
        } else {
            json.writeNullProperty(name);
        }
    }
}
