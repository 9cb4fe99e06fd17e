package io.genapi.gateway.http;

import io.genapi.gateway.webhook.EndpointWish;
import io.genapi.gateway.webhook.Receivers;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import io.genapi.schemas.webhook.EventType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers send to have endpoints made and changed. Thread-safe. */
final class EndpointBody {

    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int LONGEST_NAME = 256;
    private static final Set<String> WISHES =
            Set.of("name", "url", "event_types", "default", "include_result", "status");

    private final RequestBody requestBody = new RequestBody(MAX_BODY_BYTES);
    private final Receivers receivers;

    EndpointBody(Receivers receivers) {
        this.receivers = receivers;
    }

    /** @throws ApiErrorException if it does not say all that an endpoint needs */
    EndpointWish created(HttpServletRequest request) throws IOException {
        JsonNode body = object(requestBody.read(request), WISHES);
        for (String needed : new String[] {"name", "url", "event_types"}) {
            if (body.path(needed).isMissingNode() || body.path(needed).isNull()) {
                throw FileErrors.missing(needed);
            }
        }
        return wish(body);
    }

    /** @throws ApiErrorException if something of it cannot be granted */
    EndpointWish changed(HttpServletRequest request) throws IOException {
        return wish(object(requestBody.read(request), WISHES));
    }

    /** Whether the secret before is to be valid for a day, which it is unless the caller says otherwise. */
    boolean keepsOldSecret(HttpServletRequest request) throws IOException {
        boolean empty = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
        byte[] bytes = empty ? new byte[0] : requestBody.read(request);
        return bytes.length == 0
                || flag(object(bytes, Set.of(KEEP_OLD)), KEEP_OLD).orElse(true);
    }

    private static final String KEEP_OLD = "keep_old_secret_active_for_24_hours";

    static JsonNode object(byte[] bytes, Set<String> known) {
        JsonNode body = object(bytes);
        for (String field : body.propertyNames()) {
            if (!known.contains(field)) {
                throw new ApiErrorException(ApiError.invalidRequest(
                        400,
                        "unsupported_parameter",
                        SentText.excerpt(SentText.wellFormed(field)),
                        "Unsupported parameter: '%s'. Send %s."
                                .formatted(
                                        SentText.excerpt(SentText.wellFormed(field)),
                                        known.stream().sorted().collect(Collectors.joining(", ")))));
            }
        }
        return body;
    }

    private static JsonNode object(byte[] bytes) {
        try {
            JsonNode body = JsonMapper.shared().readTree(bytes);
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JacksonException malformed) {
            // Told below.
        }
        throw new ApiErrorException(ApiError.invalidRequest(
                400,
                "invalid_json",
                "We could not parse the body of your request as JSON. Send one JSON object in UTF-8."));
    }

    private EndpointWish wish(JsonNode body) {
        return new EndpointWish(
                text(body, "name").map(EndpointBody::name),
                eventTypesFirst(body).flatMap(_ -> text(body, "url")).map(this::url),
                present(body, "event_types").map(EndpointBody::eventTypes),
                flag(body, "default"),
                flag(body, "include_result"),
                text(body, "status").map(EndpointBody::enabled));
    }

    /** What can be seen at once is looked at before a host is looked up. */
    private static Optional<JsonNode> eventTypesFirst(JsonNode body) {
        present(body, "event_types").ifPresent(EndpointBody::eventTypes);
        return Optional.of(body);
    }

    private static Optional<JsonNode> present(JsonNode body, String field) {
        return Optional.of(body.path(field)).filter(value -> !value.isMissingNode() && !value.isNull());
    }

    private static Optional<String> text(JsonNode body, String field) {
        return present(body, field).map(value -> {
            if (!value.isString()) {
                throw invalid(field, "it is no string.");
            }
            if (!SentText.isWellFormed(value.asString())) {
                throw invalid(
                        field, "it has half of a surrogate pair, which no UTF-8 can hold. Send whole characters.");
            }
            return value.asString();
        });
    }

    private static Optional<Boolean> flag(JsonNode body, String field) {
        return present(body, field).map(value -> {
            if (!value.isBoolean()) {
                throw invalid(field, "'%s'. Send true or false.".formatted(excerpt(value)));
            }
            return value.asBoolean();
        });
    }

    private static String name(String given) {
        if (given.isBlank() || given.length() > LONGEST_NAME) {
            throw invalid("name", "Send a name of 1 to %d characters.".formatted(LONGEST_NAME));
        }
        return given;
    }

    private URI url(String given) {
        return switch (receivers.read(given)) {
            case Receivers.Reading.Accepted(URI url) -> url;
            case Receivers.Reading.Refused(String reason) ->
                throw new ApiErrorException(ApiError.invalidRequest(
                        400,
                        "invalid_webhook_url",
                        "url",
                        "Invalid value for 'url': '%s' cannot be sent to, because %s."
                                .formatted(SentText.excerpt(given), reason)));
        };
    }

    private static boolean enabled(String given) {
        return switch (given) {
            case "enabled" -> true;
            case "disabled" -> false;
            default -> throw invalid("status", "'%s'. Send enabled or disabled.".formatted(SentText.excerpt(given)));
        };
    }

    private static Set<EventType> eventTypes(JsonNode given) {
        if (!given.isArray() || given.isEmpty()) {
            throw invalid("event_types", "Send an array with at least one type of event: %s.".formatted(known()));
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (int at = 0; at < given.size(); at++) {
            types.add(eventType("event_types[%d]".formatted(at), given.get(at)));
        }
        return types;
    }

    /** @param field that it stands in */
    static EventType eventType(String field, JsonNode given) {
        return EventType.fromWireName(given.isString() ? given.asString() : "")
                .orElseThrow(() -> invalid(field, "'%s'. This broker tells of %s.".formatted(excerpt(given), known())));
    }

    private static String known() {
        return Arrays.stream(EventType.values()).map(EventType::wireName).collect(Collectors.joining(", "));
    }

    private static String excerpt(JsonNode given) {
        return SentText.excerpt(SentText.wellFormed(given.isString() ? given.asString() : given.toString()));
    }

    static ApiErrorException invalid(String field, String how) {
        return new ApiErrorException(ApiError.invalidRequest(
                400, "invalid_value", field, "Invalid value for '%s': %s".formatted(field, how)));
    }
}
