package io.genapi.gateway.responses.request;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** How requests are read and written anew: no digit of a number is lost, and a member may be given once. Thread-safe. */
public final class RequestJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonMapper ASCII =
            MAPPER.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private RequestJson() {}

    /** @throws JacksonException if the bytes are not one JSON value */
    public static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode nothing() {
        return NullNode.getInstance();
    }

    /** In UTF-8; half a surrogate pair, which JSON can name but UTF-8 cannot hold, stays as it was named. */
    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JacksonException halfPair) {
            return ASCII.writeValueAsBytes(node);
        }
    }
}
