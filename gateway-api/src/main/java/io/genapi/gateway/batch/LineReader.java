package io.genapi.gateway.batch;

import io.genapi.schemas.text.SentText;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads lines of a batch's file: <a href="https://platform.openai.com/docs/api-reference/batch/request-input">OpenAI's
 * request input</a>. What is in a request's body but its model is the request's own matter. Thread-safe.
 */
final class LineReader {

    private static final JsonFactory JSON = new JsonFactory();

    private LineReader() {}

    /** @param endpoint that the batch is for */
    static LineReading read(TextLines.Line line, String endpoint) {
        if (line.tooLong()) {
            return faulty("request_too_large", "This line is longer than a request may be.", null);
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line.bytes())) {
            return new Pass(line.bytes(), parser).read(endpoint);
        } catch (RuntimeException unreadable) {
            // Whatever it is, it is so each time: the fault of the line, not of the run.
            return notJson();
        }
    }

    private static LineReading notJson() {
        return faulty("invalid_json_line", "This line is not parseable as valid JSON.", null);
    }

    private static LineReading faulty(String code, String message, @Nullable String param) {
        return new LineReading.Faulty(code, message, Optional.ofNullable(param));
    }

    /** One reading of one line. */
    private static final class Pass {
        private final byte[] line;
        private final JsonParser parser;
        private @Nullable String customId;
        private @Nullable String method;
        private @Nullable String url;
        private byte @Nullable [] body;
        private @Nullable String model;

        Pass(byte[] line, JsonParser parser) {
            this.line = line;
            this.parser = parser;
        }

        LineReading read(String endpoint) {
            // The parser understands UTF-16 and UTF-32, too, and then knows no bytes to cut the body out of.
            if (parser.nextToken() != JsonToken.START_OBJECT
                    || parser.currentTokenLocation().getByteOffset() < 0) {
                return notJson();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                readProperty(name, parser.nextToken());
            }
            return parser.nextToken() == null ? conclude(endpoint) : notJson();
        }

        private void readProperty(String name, JsonToken value) {
            if (value == JsonToken.VALUE_STRING && name.equals("custom_id")) {
                customId = parser.getString();
            } else if (value == JsonToken.VALUE_STRING && name.equals("method")) {
                method = parser.getString();
            } else if (value == JsonToken.VALUE_STRING && name.equals("url")) {
                url = parser.getString();
            } else if (value == JsonToken.START_OBJECT && name.equals("body")) {
                readBody();
            } else {
                parser.skipChildren();
            }
        }

        private void readBody() {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean named = parser.currentName().equals("model");
                if (parser.nextToken() == JsonToken.VALUE_STRING && named) {
                    model = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
            body = Arrays.copyOfRange(line, from, (int) parser.currentLocation().getByteOffset());
        }

        private LineReading conclude(String endpoint) {
            if (customId == null || customId.isEmpty()) {
                return missing("custom_id");
            }
            if (method == null) {
                return missing("method");
            }
            if (url == null) {
                return missing("url");
            }
            if (body == null) {
                return missing("body");
            }
            if (!method.equals("POST")) {
                return faulty(
                        "invalid_method", "The method '%s' is not POST.".formatted(SentText.excerpt(method)), "method");
            }
            if (!url.equals(endpoint)) {
                return faulty(
                        "invalid_url",
                        "The URL provided for this request ('%s') does not match the endpoint of the batch ('%s')."
                                .formatted(SentText.excerpt(url), endpoint),
                        "url");
            }
            if (!SentText.isWellFormed(customId)) {
                return illFormed("custom_id");
            }
            if (model != null && !SentText.isWellFormed(model)) {
                return illFormed("body.model");
            }
            return new LineReading.Request(customId, body, Optional.ofNullable(model));
        }

        private static LineReading illFormed(String field) {
            return faulty(
                    "invalid_value",
                    "Invalid value for '%s': it has half of a surrogate pair, which no UTF-8 can hold. Send whole characters."
                            .formatted(field),
                    field);
        }

        private static LineReading missing(String field) {
            return faulty("missing_required_parameter", "Missing required parameter: '%s'.".formatted(field), field);
        }
    }
}
