package io.genapi.gateway.http;

import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.Redelivery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What callers send to try an endpoint, and to have it told again. Thread-safe. */
final class DeliveryBody {

    private static final int MAX_BODY_BYTES = 4 * 1024;
    private static final String EVENT_TYPE = "event_type";
    private static final String EVENT = "event_id";
    private static final String SINCE = "failed_since";

    private final RequestBody requestBody = new RequestBody(MAX_BODY_BYTES);
    private final InstantSource clock;

    DeliveryBody(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws ApiErrorException if it names none that this broker knows */
    EventType eventType(HttpServletRequest request) throws IOException {
        JsonNode body = EndpointBody.object(requestBody.read(request), Set.of(EVENT_TYPE));
        if (isAbsent(body.path(EVENT_TYPE))) {
            throw FileErrors.missing(EVENT_TYPE);
        }
        return EndpointBody.eventType(EVENT_TYPE, body.path(EVENT_TYPE));
    }

    /** @throws ApiErrorException if it names not exactly one of an event and a time */
    Redelivery.Scope scope(HttpServletRequest request) throws IOException {
        JsonNode body = EndpointBody.object(requestBody.read(request), Set.of(EVENT, SINCE));
        JsonNode event = body.path(EVENT);
        JsonNode since = body.path(SINCE);
        if (isAbsent(event) == isAbsent(since)) {
            throw isAbsent(event)
                    ? FileErrors.missing(EVENT)
                    : EndpointBody.invalid(
                            SINCE,
                            "it comes with %s. Send one event, or since when all failed ones are meant."
                                    .formatted(EVENT));
        }
        return isAbsent(since) ? new Redelivery.Scope.One(event(event)) : new Redelivery.Scope.AllFailed(since(since));
    }

    private static EventId event(JsonNode given) {
        return EventId.parse(given.isString() ? given.asString() : "")
                .orElseThrow(() -> EndpointBody.invalid(
                        EVENT, "'%s'. Send the id of an event, which begins with evt_.".formatted(excerpt(given))));
    }

    private Instant since(JsonNode given) {
        try {
            Instant since = given.isIntegralNumber() && given.canConvertToLong()
                    ? Instant.ofEpochSecond(given.asLong())
                    : Instant.parse(given.asString(""));
            if (!since.isBefore(Instant.EPOCH) && !since.isAfter(clock.instant())) {
                return since;
            }
        } catch (DateTimeException malformed) {
            // Told below, as a time that is not over is.
        }
        throw EndpointBody.invalid(
                SINCE,
                "'%s'. Send a time that is over, in seconds since 1970 or as RFC 3339 has it."
                        .formatted(excerpt(given)));
    }

    private static boolean isAbsent(JsonNode field) {
        return field.isMissingNode() || field.isNull();
    }

    private static String excerpt(JsonNode given) {
        return SentText.excerpt(SentText.wellFormed(given.isString() ? given.asString() : given.toString()));
    }
}
