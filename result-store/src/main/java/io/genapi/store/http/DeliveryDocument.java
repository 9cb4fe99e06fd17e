package io.genapi.store.http;

import io.genapi.schemas.webhook.EventId;
import io.genapi.store.webhook.DeliveryPage;
import io.genapi.store.webhook.LoggedAttempt;
import io.genapi.store.webhook.Telling;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an endpoint was told as JSON, in the form of OpenAI's lists. */
final class DeliveryDocument {
    private static final JsonMapper JSON = new JsonMapper();

    private DeliveryDocument() {}

    /** A stage as the API has it. */
    static String wireName(Telling.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    static byte[] write(DeliveryPage page) {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        page.tellings().forEach(telling -> list.withArray("data").add(telling(telling)));
        list.withArray("data");
        return JSON.writeValueAsBytes(
                list.put("last_id", page.last().map(EventId::value).orElse(null))
                        .put("has_more", page.last().isPresent()));
    }

    static byte[] write(Telling telling) {
        return JSON.writeValueAsBytes(telling(telling));
    }

    private static ObjectNode telling(Telling telling) {
        ObjectNode node = JSON.createObjectNode()
                .put("event_id", telling.event().id().value())
                .put("endpoint_id", telling.endpoint().value())
                .put("type", telling.event().type().wireName())
                .put("subject", telling.event().subject())
                .put("created_at", telling.event().createdAt().toString())
                .put("status", wireName(telling.stage()))
                .put("reason", telling.reason().orElse(null))
                .put("attempt_count", telling.attempts())
                .put("moved_at", telling.movedAt().toString())
                .put(
                        "next_attempt_at",
                        telling.stage() == Telling.Stage.PENDING ? telling.due().toString() : null);
        telling.log().forEach(attempt -> node.withArray("attempts").add(attempt(attempt)));
        node.withArray("attempts");
        return node;
    }

    private static ObjectNode attempt(LoggedAttempt attempt) {
        ObjectNode node = JSON.createObjectNode()
                .put("attempt", attempt.number())
                .put("at", attempt.at().toString())
                .put("latency_ms", attempt.latency().toMillis())
                .put("status", attempt.status().orElse(null))
                .put("code", attempt.code().orElse(null));
        Optional<String> answer = attempt.status().map(_ -> attempt.text());
        return node.put("response", answer.orElse(null))
                .put("reason", attempt.code().map(_ -> attempt.text()).orElse(null));
    }
}
