package io.genapi.worker.stream;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Chunks as a vendor sends them. */
public final class Chunks {

    private Chunks() {}

    static ObjectNode chunk(String members) {
        JsonNode chunk = JsonMapper.shared()
                .readTree(
                        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"theirs\","
                                + members
                                + "}");
        return (ObjectNode) chunk;
    }

    static ObjectNode delta(String delta) {
        return chunk("\"choices\":[{\"index\":0,\"delta\":" + delta + "}]");
    }

    static ObjectNode finish(int index) {
        return chunk("\"choices\":[{\"index\":%d,\"delta\":{},\"finish_reason\":\"stop\"}]".formatted(index));
    }

    /** A whole answer of these words. */
    public static List<ObjectNode> saying(String... words) {
        return java.util.stream.Stream.of(
                        java.util.stream.Stream.of(delta("{\"role\":\"assistant\",\"content\":\"\"}")),
                        java.util.Arrays.stream(words).map(word -> delta("{\"content\":\"" + word + "\"}")),
                        java.util.stream.Stream.of(finish(0)))
                .flatMap(chunks -> chunks)
                .toList();
    }
}
