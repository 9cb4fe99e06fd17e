package io.genapi.worker.stream;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the {@code chat.completion} object that the same request would have got without {@code stream} of an answer's
 * chunks. Pure, one for each answer; not thread-safe.
 */
public final class CompletionAssembly {

    /** What belongs to a chunk and not to the answer; the last is OpenAI's padding against eavesdroppers. */
    private static final Set<String> OF_CHUNKS = Set.of("object", "choices", "usage", "obfuscation");

    private final ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    private final SortedMap<Integer, ChoiceAssembly> choices = new TreeMap<>();
    private Optional<JsonNode> usage = Optional.empty();

    public void add(ObjectNode chunk) {
        chunk.properties().stream()
                .filter(member -> !OF_CHUNKS.contains(member.getKey()))
                .filter(member -> isBlank(envelope.path(member.getKey())))
                .forEach(member -> envelope.set(member.getKey(), member.getValue()));
        for (JsonNode choice : chunk.path("choices")) {
            choices.computeIfAbsent(choice.path("index").intValue(0), ChoiceAssembly::new)
                    .add(choice);
        }
        if (chunk.path("usage").isObject()) {
            usage = Optional.of(chunk.path("usage"));
        }
    }

    /** Azure's first chunk tells of the request only, and has neither a name nor a time. */
    private static boolean isBlank(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isString() && value.stringValue().isEmpty())
                || (value.isIntegralNumber() && value.longValue() == 0);
    }

    /** The answer, as far as it has come. */
    public ObjectNode completion() {
        ObjectNode completion = JsonNodeFactory.instance.objectNode();
        if (envelope.has("id")) {
            completion.set("id", envelope.path("id"));
        }
        completion.put("object", "chat.completion").setAll(envelope);
        ArrayNode whole = completion.putArray("choices");
        choices.values().forEach(choice -> whole.add(choice.whole()));
        usage.ifPresent(counted -> completion.set("usage", counted));
        return completion;
    }
}
