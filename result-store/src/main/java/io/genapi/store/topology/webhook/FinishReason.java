package io.genapi.store.topology.webhook;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds why an answer ends where it does, without building the answer. */
final class FinishReason {
    private static final JsonFactory JSON = new JsonFactory();

    private FinishReason() {}

    /** That of the first choice of a {@code chat.completion}; empty where there is none. */
    static Optional<String> in(byte[] completion) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), completion)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                            && entered(parser, "choices")
                            && parser.currentToken() == JsonToken.START_ARRAY
                            && parser.nextToken() == JsonToken.START_OBJECT
                            && entered(parser, "finish_reason")
                            && parser.currentToken() == JsonToken.VALUE_STRING
                    ? Optional.of(parser.getString())
                    : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** Moves on to the value of a member of the object that the parser is in. */
    private static boolean entered(JsonParser parser, String member) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = member.equals(parser.currentName());
            var _ = parser.nextToken();
            if (found) {
                return true;
            }
            var _ = parser.skipChildren();
        }
        return false;
    }
}
