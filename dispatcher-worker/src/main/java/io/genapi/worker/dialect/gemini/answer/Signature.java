package io.genapi.worker.dialect.gemini.answer;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model's signature of its own thoughts, which it wants back with the rest of the conversation.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Thought signatures</a>
 */
public final class Signature {

    /** Gemini's field of a part. */
    public static final String THEIRS = "thoughtSignature";

    /** What Gemini's guide names for calls that it has not made itself, such as those of another vendor's model. */
    private static final String OF_OTHERS = "skip_thought_signature_validator";

    private Signature() {}

    /** Signs the first call of a turn where nobody has: Gemini 3 takes no call without a signature. */
    public static void complete(ObjectNode part) {
        if (!part.has(THEIRS)) {
            part.put(THEIRS, OF_OTHERS);
        }
    }

    static Optional<String> of(JsonNode part) {
        return Optional.of(part.path(THEIRS).stringValue("")).filter(text -> !text.isEmpty());
    }

    /** Puts it where Gemini's OpenAI-compatible endpoint puts it: at a message, a delta or a tool call. */
    static void put(String signature, ObjectNode at) {
        at.putObject("extra_content").putObject("google").put("thought_signature", signature);
    }
}
