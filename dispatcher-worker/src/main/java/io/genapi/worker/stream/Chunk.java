package io.genapi.worker.stream;

import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What there is in a {@code chat.completion.chunk} object. Pure. */
final class Chunk {

    private Chunk() {}

    /** Whether it has more for the caller than that an answer begins: some of the answer, or its end. */
    static boolean saysSomething(JsonNode chunk) {
        return StreamSupport.stream(chunk.path("choices").spliterator(), false)
                .anyMatch(choice -> endsChoice(choice)
                        || choice.path("delta").properties().stream()
                                .anyMatch(member -> !member.getKey().equals("role") && isFilled(member.getValue())));
    }

    private static boolean isFilled(JsonNode value) {
        return !value.isNull()
                && !(value.isString() && value.stringValue().isEmpty())
                && !(value.isContainer() && value.isEmpty());
    }

    /** Whether an answer may be whole with it. */
    static boolean mayBeLast(JsonNode chunk) {
        JsonNode choices = chunk.path("choices");
        return choices.isEmpty()
                || StreamSupport.stream(choices.spliterator(), false).anyMatch(Chunk::endsChoice);
    }

    private static boolean endsChoice(JsonNode choice) {
        return choice.path("finish_reason").isString();
    }

    /** Whether it is there for nothing but the usage. */
    static boolean isUsageAlone(ObjectNode chunk) {
        return chunk.path("choices").isEmpty() && chunk.path("usage").isObject();
    }
}
