package io.genapi.store.http;

import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What came of an attempt, as JSON for gateways. */
final class AttemptDocument {

    private static final JsonFactory JSON = new JsonFactory();

    private AttemptDocument() {}

    static byte[] write(DeliveryAttempt attempt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("event_id", attempt.delivery().event().id().value());
            json.writeStringProperty(
                    "event_type", attempt.delivery().event().type().wireName());
            json.writeStringProperty("attempted_at", attempt.at().toString());
            json.writeNumberProperty("latency_ms", attempt.latency().toMillis());
            switch (attempt.outcome()) {
                case Answered(var status, var retryAfter, var head) -> {
                    json.writeStringProperty("outcome", "answered");
                    json.writeNumberProperty("status", status);
                    if (retryAfter.isPresent()) {
                        json.writeNumberProperty(
                                "retry_after_ms", retryAfter.get().toMillis());
                    }
                    json.writeStringProperty("head", head);
                }
                case Unanswered(var code, var reason) -> {
                    json.writeStringProperty("outcome", "unanswered");
                    json.writeStringProperty("code", code);
                    json.writeStringProperty("reason", reason);
                }
                case Withheld(var reason) -> {
                    json.writeStringProperty("outcome", "withheld");
                    json.writeStringProperty("reason", reason);
                }
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
