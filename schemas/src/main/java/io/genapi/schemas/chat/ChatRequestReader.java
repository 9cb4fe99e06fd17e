package io.genapi.schemas.chat;

import io.genapi.schemas.chat.ChatRequestReading.Invalid;
import io.genapi.schemas.chat.ChatRequestReading.Valid;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.ModelName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a chat completion request in one pass over its tokens: that it is JSON, that {@code model} and {@code messages}
 * are there and of the right shape, whether and how it streams, which tier it names. All else is the vendor's to judge. Thread-safe.
 */
public final class ChatRequestReader {

    /** Longer names are no model's, and would travel as a header. */
    static final int MAX_MODEL_LENGTH = 256;

    private static final JsonFactory JSON = new JsonFactory();

    private ChatRequestReader() {}

    public static ChatRequestReading read(byte[] body) {
        if (body.length == 0) {
            return invalidJson("the body is empty");
        }
        if (!Utf8.isPossible(body)) {
            return invalidJson("the body is not UTF-8");
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            return new Pass(body, parser).read();
        } catch (JacksonException malformed) {
            return invalidJson(malformed.getOriginalMessage()
                    + Optional.ofNullable(malformed.getLocation())
                            .map(at -> " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
                            .orElse(""));
        }
    }

    private static Invalid invalidJson(String why) {
        return new Invalid(ApiError.invalidRequest(
                400,
                "invalid_json",
                "We could not parse the body of your request as JSON: " + why + ". Send one JSON object in UTF-8."));
    }

    /** One reading of one body. */
    private static final class Pass {
        private final byte[] body;
        private final JsonParser parser;
        private final Set<String> seen = new HashSet<>();
        private @Nullable ModelName model;
        private @Nullable Span modelSpan;
        private @Nullable String serviceTier;
        private boolean stream;
        private StreamOptions options = StreamOptions.NONE;

        Pass(byte[] body, JsonParser parser) {
            this.body = body;
            this.parser = parser;
        }

        ChatRequestReading read() {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return invalidJson("it starts with " + describe(parser.currentToken()) + ", not an object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                Optional<ApiError> fault = readProperty(parser.currentName());
                if (fault.isPresent()) {
                    return new Invalid(fault.get());
                }
            }
            if (parser.nextToken() != null) {
                return invalidJson("there is more after the end of the object");
            }
            return conclude();
        }

        private Optional<ApiError> readProperty(String name) {
            parser.nextToken();
            boolean repeated = switch (name) {
                case "model", "messages", "stream", "stream_options", "service_tier" -> !seen.add(name);
                default -> false;
            };
            if (repeated) {
                return Optional.of(wrong(name, "is given twice", "Send it once."));
            }
            return switch (name) {
                case "model" -> readModel();
                case "messages" -> readMessages();
                case "stream" -> readStream();
                case "stream_options" -> readStreamOptions();
                case "service_tier" -> readServiceTier();
                default -> skip();
            };
        }

        private Optional<ApiError> readModel() {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return Optional.of(
                        wrong("model", "is " + describe(parser.currentToken()), "Send a model's name as a string."));
            }
            int from = (int) parser.currentTokenLocation().getByteOffset();
            String name = parser.getString();
            int to = (int) parser.currentLocation().getByteOffset();
            if (name.isBlank() || name.length() > MAX_MODEL_LENGTH) {
                return Optional.of(wrong(
                        "model",
                        "has " + name.length() + " characters" + (name.isBlank() ? ", none of them visible" : ""),
                        "Send a model's name of 1 to " + MAX_MODEL_LENGTH + " characters."));
            }
            model = new ModelName(name);
            modelSpan = new Span(from, to);
            return Optional.empty();
        }

        private Optional<ApiError> readMessages() {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return Optional.of(wrong(
                        "messages", "is " + describe(parser.currentToken()), "Send an array of message objects."));
            }
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    return Optional.of(wrong(
                            "messages[" + count + "]",
                            "is " + describe(parser.currentToken()),
                            "Send an object with a role and content."));
                }
                parser.skipChildren();
                count++;
            }
            return count > 0
                    ? Optional.empty()
                    : Optional.of(wrong("messages", "is an empty array", "Send at least one message."));
        }

        private Optional<ApiError> readStream() {
            return switch (parser.currentToken()) {
                case VALUE_TRUE -> {
                    stream = true;
                    yield Optional.empty();
                }
                case VALUE_FALSE, VALUE_NULL -> Optional.empty();
                default -> Optional.of(wrong("stream", "is " + describe(parser.currentToken()), "Send true or false."));
            };
        }

        private Optional<ApiError> readStreamOptions() {
            options = StreamOptions.read(parser);
            return Optional.empty();
        }

        /** What is no text is no tier that anybody knows, and for others to refuse. */
        private Optional<ApiError> readServiceTier() {
            JsonToken value = parser.currentToken();
            if (value != JsonToken.VALUE_NULL) {
                serviceTier = value == JsonToken.VALUE_STRING ? parser.getString() : describe(value);
            }
            return skip();
        }

        private Optional<ApiError> skip() {
            parser.skipChildren();
            return Optional.empty();
        }

        private ChatRequestReading conclude() {
            ModelName name = model;
            Span span = modelSpan;
            if (name == null || span == null) {
                return new Invalid(missing("model"));
            }
            if (!seen.contains("messages")) {
                return new Invalid(missing("messages"));
            }
            return new Valid(new ChatRequestBody(body, name, span, stream, options, serviceTier));
        }

        private static ApiError missing(String field) {
            return ApiError.invalidRequest(
                    400, "missing_required_parameter", field, "Missing required parameter: '" + field + "'.");
        }

        private static ApiError wrong(String field, String how, String remedy) {
            return ApiError.invalidRequest(
                    400, "invalid_value", field, "Invalid value for '%s': it %s. %s".formatted(field, how, remedy));
        }

        private static String describe(@Nullable JsonToken token) {
            return switch (token) {
                case null -> "nothing";
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_STRING -> "a string";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                case VALUE_NULL -> "null";
                case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> token.toString();
            };
        }
    }
}
