package io.genapi.store.sending;

import io.genapi.schemas.webhook.WebhookEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what is sent of an event, in the shape of
 * <a href="https://platform.openai.com/docs/api-reference/webhook-events">OpenAI's events</a>. An endpoint that wants
 * results gets that of a job as {@code data.result}, or {@code data.result_omitted} says why not. Thread-safe.
 */
public final class MessageWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final ResultReader results;
    private final int largestResult;

    /** @param largestResult that is sent, in bytes */
    public MessageWriter(ResultReader results, int largestResult) {
        this.results = results;
        this.largestResult = largestResult;
    }

    /** The body of a message, which takes a reading of Kafka if it is to have a result. */
    public byte[] write(WebhookEvent event, boolean includesResult) throws InterruptedException {
        Inclusion inclusion = includesResult && event.result().isPresent() ? inclusion(event) : new Thin();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("object", "event");
            json.writeStringProperty("id", event.id().value());
            json.writeStringProperty("type", event.type().wireName());
            json.writeNumberProperty("created_at", event.createdAt().getEpochSecond());
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("id", event.subject());
            write(inclusion, json);
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private sealed interface Inclusion {}

    private record Thin() implements Inclusion {}

    private record Whole(String result) implements Inclusion {}

    private record Omitted(String code, String message) implements Inclusion {}

    private static void write(Inclusion inclusion, JsonGenerator json) {
        switch (inclusion) {
            case Thin() -> {}
            case Whole(String result) -> {
                json.writeName("result");
                json.writeRawValue(result);
            }
            case Omitted(String code, String message) -> {
                json.writeObjectPropertyStart("result_omitted");
                json.writeStringProperty("code", code);
                json.writeStringProperty("message", message);
                json.writeEndObject();
            }
        }
    }

    private Inclusion inclusion(WebhookEvent event) throws InterruptedException {
        String where = where(event);
        return switch (event.type()) {
            case JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED, JOB_EXPIRED ->
                switch (results.read(event, largestResult)) {
                    case ResultReading.TooLarge(int bytes) ->
                        new Omitted(
                                "too_large",
                                "The result has %d bytes, and messages have room for %d. %s"
                                        .formatted(bytes, largestResult, where));
                    case ResultReading.Present(byte[] json) -> whole(json, where);
                    case ResultReading.Gone() ->
                        new Omitted("gone", "The result is older than the retention and was deleted.");
                    case ResultReading.Unavailable() ->
                        new Omitted("unavailable", "The result could not be read in time. " + where);
                };
            // Their objects are made where they are asked for.
            case RESPONSE_COMPLETED,
                    RESPONSE_INCOMPLETE,
                    RESPONSE_FAILED,
                    RESPONSE_CANCELLED,
                    BATCH_COMPLETED,
                    BATCH_FAILED,
                    BATCH_EXPIRED,
                    BATCH_CANCELLED -> new Omitted("not_sent", "Messages have the results of jobs alone. " + where);
        };
    }

    private static String where(WebhookEvent event) {
        String collection = switch (event.type()) {
            case JOB_SUCCEEDED, JOB_FAILED, JOB_CANCELLED, JOB_EXPIRED -> "jobs";
            case RESPONSE_COMPLETED, RESPONSE_INCOMPLETE, RESPONSE_FAILED, RESPONSE_CANCELLED -> "responses";
            case BATCH_COMPLETED, BATCH_FAILED, BATCH_EXPIRED, BATCH_CANCELLED -> "batches";
        };
        return "Ask for it with GET /v1/%s/%s.".formatted(collection, event.subject());
    }

    private static Inclusion whole(byte[] json, String where) {
        return isOneValue(json)
                ? new Whole(new String(json, StandardCharsets.UTF_8))
                : new Omitted("unreadable", "The result is no JSON. " + where);
    }

    /** Anything else would break out of its place in the message. */
    private static boolean isOneValue(byte[] json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException malformed) {
            return false;
        }
    }
}
