package io.genapi.schemas.chat;

import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A vendor's {@code chat.completion} object of which the broker has read the model's name and the usage. The other
 * bytes stay as the vendor sent them.
 */
public final class ChatCompletion {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] bytes;
    private final @Nullable Span modelSpan;
    private final Optional<Usage> usage;

    private ChatCompletion(byte[] bytes, @Nullable Span modelSpan, Optional<Usage> usage) {
        this.bytes = bytes;
        this.modelSpan = modelSpan;
        this.usage = usage;
    }

    /** Reads a vendor's answer; empty where it is not one JSON object with {@code choices}. */
    public static Optional<ChatCompletion> read(byte[] bytes) {
        if (!Utf8.isPossible(bytes)) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Span modelSpan = null;
            Optional<Usage> usage = Optional.empty();
            boolean choices = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("model") && value == JsonToken.VALUE_STRING) {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.finishToken();
                    modelSpan = new Span(from, (int) parser.currentLocation().getByteOffset());
                } else if (name.equals("usage") && value == JsonToken.START_OBJECT) {
                    usage = Optional.of(readUsage(parser));
                } else {
                    choices |= name.equals("choices") && value == JsonToken.START_ARRAY;
                    parser.skipChildren();
                }
            }
            return choices && parser.nextToken() == null
                    ? Optional.of(new ChatCompletion(bytes, modelSpan, usage))
                    : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static Usage readUsage(JsonParser parser) {
        long input = 0;
        long output = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT && name.equals("prompt_tokens")) {
                input = parser.getLongValue();
            } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("completion_tokens")) {
                output = parser.getLongValue();
            } else {
                parser.skipChildren();
            }
        }
        return new Usage(input, output);
    }

    /** As the vendor sent them; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public Optional<Usage> usage() {
        return usage;
    }

    /** The completion with the caller's own name of the model; all other bytes are the vendor's. */
    public byte[] withModel(ModelName model) {
        Span span = modelSpan;
        return span == null ? bytes : span.replaceWithString(bytes, model.value());
    }
}
