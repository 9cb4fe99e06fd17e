package io.genapi.store.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Cuts objects out of JSON as the bytes that they are. */
final class JsonSlices {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonSlices() {}

    /** The object that is this property of the outermost object; empty where there is none or the JSON is malformed. */
    static Optional<byte[]> property(byte[] json, String name) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return moveTo(parser, name) == JsonToken.START_OBJECT ? Optional.of(slice(parser, json)) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /** The objects in the array that is this property of the outermost object. */
    static List<byte[]> elements(byte[] json, String name) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            List<byte[]> elements = new ArrayList<>();
            if (moveTo(parser, name) == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    elements.add(slice(parser, json));
                }
            }
            return elements;
        }
    }

    /** The scalar that is this property of the outermost object, as text. */
    static Optional<String> scalar(byte[] json, String name) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            JsonToken value = moveTo(parser, name);
            return value.isScalarValue() && value != JsonToken.VALUE_NULL
                    ? Optional.of(parser.getString())
                    : Optional.empty();
        }
    }

    /** The property's first token; {@link JsonToken#NOT_AVAILABLE} where there is no such property. */
    private static JsonToken moveTo(JsonParser parser, String name) {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (found) {
                    return value;
                }
                parser.skipChildren();
            }
        }
        return JsonToken.NOT_AVAILABLE;
    }

    private static byte[] slice(JsonParser parser, byte[] json) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(json, from, (int) parser.currentLocation().getByteOffset());
    }
}
