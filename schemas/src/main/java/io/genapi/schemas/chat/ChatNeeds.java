package io.genapi.schemas.chat;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a chat completion request asks of who answers it.
 *
 * @param tools whether it offers tools, or the functions that came before them
 * @param vision whether there is an image in it
 * @param promptTokens a rough estimate, as of English text: four characters each; images count nothing
 */
public record ChatNeeds(boolean tools, boolean vision, long promptTokens) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** @param body whose JSON is known to be in order */
    public static ChatNeeds of(ChatRequestBody body) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body.bytes())) {
            return new Pass(parser).read();
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("the body was read before, and is not JSON now", malformed);
        }
    }

    /** One reading of one body. */
    private static final class Pass {

        private final JsonParser parser;
        private boolean tools;
        private boolean vision;
        private long characters;

        Pass(JsonParser parser) {
            this.parser = parser;
        }

        ChatNeeds read() {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "tools", "functions" -> tools |= readTools(value);
                    case "messages" -> readMessages(value);
                    default -> parser.skipChildren();
                }
            }
            return new ChatNeeds(tools, vision, characters / CHARACTERS_PER_TOKEN);
        }

        /** Whether there is one. */
        private boolean readTools(@Nullable JsonToken value) {
            if (value != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return false;
            }
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                count++;
            }
            return count > 0;
        }

        private void readMessages(@Nullable JsonToken value) {
            if (value != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                readObject("content");
            }
        }

        /** An object of which only the texts and the images count. */
        private void readObject(String textual) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                vision |= name.equals("image_url");
                if (!name.equals(textual)) {
                    parser.skipChildren();
                } else if (value == JsonToken.VALUE_STRING) {
                    characters += parser.getStringLength();
                } else if (value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        readObject("text");
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}
