package io.genapi.gateway.batch;

import io.genapi.schemas.batch.BatchCounts;
import io.genapi.schemas.batch.BatchFault;
import io.genapi.schemas.batch.BatchProgress;
import io.genapi.schemas.batch.BatchStatus;
import io.genapi.schemas.batch.FileId;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Batches in the shape of <a href="https://platform.openai.com/docs/api-reference/batch/object">OpenAI's</a>, in UTF-8. */
public final class BatchDocument {

    private static final JsonFactory JSON = new JsonFactory();

    private BatchDocument() {}

    public static byte[] of(Batch batch) {
        return written(json -> write(json, batch));
    }

    public static byte[] page(List<Batch> batches, boolean more) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            batches.forEach(batch -> write(json, batch));
            json.writeEndArray();
            text(
                    json,
                    "first_id",
                    batches.stream().findFirst().map(first -> first.id().value()));
            text(
                    json,
                    "last_id",
                    batches.isEmpty()
                            ? Optional.empty()
                            : Optional.of(batches.getLast().id().value()));
            json.writeBooleanProperty("has_more", more);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Batch batch) {
        BatchProgress progress = batch.progress();
        json.writeStartObject();
        json.writeStringProperty("id", batch.id().value());
        json.writeStringProperty("object", "batch");
        json.writeStringProperty("endpoint", batch.terms().endpoint());
        text(json, "model", progress.model());
        faults(json, progress.faults());
        json.writeStringProperty("input_file_id", batch.terms().input().value());
        json.writeStringProperty("completion_window", batch.terms().completionWindow());
        json.writeStringProperty("status", batch.status().wireName());
        text(json, "output_file_id", progress.output().map(FileId::value));
        text(json, "error_file_id", progress.error().map(FileId::value));
        time(json, "created_at", Optional.of(batch.terms().createdAt()));
        time(json, "in_progress_at", batch.since(BatchStatus.IN_PROGRESS));
        time(json, "expires_at", Optional.of(batch.terms().expiresAt()));
        time(json, "finalizing_at", batch.since(BatchStatus.FINALIZING));
        time(json, "completed_at", batch.since(BatchStatus.COMPLETED));
        time(json, "failed_at", batch.since(BatchStatus.FAILED));
        time(json, "expired_at", batch.since(BatchStatus.EXPIRED));
        time(json, "cancelling_at", batch.since(BatchStatus.CANCELLING));
        time(json, "cancelled_at", batch.since(BatchStatus.CANCELLED));
        counts(json, progress.counts());
        metadata(json, batch);
        json.writeEndObject();
    }

    private static void faults(JsonGenerator json, List<BatchFault> faults) {
        if (faults.isEmpty()) {
            json.writeNullProperty("errors");
            return;
        }
        json.writeObjectPropertyStart("errors");
        json.writeStringProperty("object", "list");
        json.writeArrayPropertyStart("data");
        for (BatchFault fault : faults) {
            json.writeStartObject();
            json.writeStringProperty("code", fault.code());
            json.writeStringProperty("message", fault.message());
            text(json, "param", fault.param());
            json.writeName("line");
            fault.line().ifPresentOrElse(json::writeNumber, json::writeNull);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, BatchCounts counts) {
        json.writeObjectPropertyStart("request_counts");
        json.writeNumberProperty("total", counts.total());
        json.writeNumberProperty("completed", counts.completed());
        json.writeNumberProperty("failed", counts.failed());
        json.writeEndObject();
    }

    private static void metadata(JsonGenerator json, Batch batch) {
        if (batch.terms().metadata().isEmpty()) {
            json.writeNullProperty("metadata");
            return;
        }
        json.writeObjectPropertyStart("metadata");
        new TreeMap<>(batch.terms().metadata().get()).forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        json.writeName(name);
        json.writeString(value.orElse(null));
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> value) {
        json.writeName(name);
        value.ifPresentOrElse(at -> json.writeNumber(at.getEpochSecond()), json::writeNull);
    }

    private static byte[] written(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }
}
