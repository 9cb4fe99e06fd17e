package io.genapi.worker.dialect.gemini.answer;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A {@code GenerateContentResponse} as a {@code chat.completion}. */
public final class Completion {

    private Completion() {}

    /** Empty where the response holds no answer, not even a refused one. */
    public static Optional<ObjectNode> of(JsonNode response, Instant receivedAt) {
        Envelope envelope = Envelope.of(response, receivedAt);
        ObjectNode completion = envelope.of("chat.completion");
        ArrayNode choices = completion.putArray("choices");
        Refusal.ofPrompt(response).ifPresent(refusal -> refuse(choices.addObject(), refusal));
        boolean said = !choices.isEmpty();
        JsonNode candidates = response.path("candidates");
        for (int index = 0; index < candidates.size(); index++) {
            said |= choose(candidates.path(index), index, envelope, choices);
        }
        if (!said) {
            return Optional.empty();
        }
        if (response.path("usageMetadata").isObject()) {
            completion.set("usage", TokenCounts.usage(response.path("usageMetadata")));
        }
        return Optional.of(completion);
    }

    private static void refuse(ObjectNode choice, String refusal) {
        choice.put("index", 0)
                .putObject("message")
                .put("role", "assistant")
                .putNull("content")
                .put("refusal", refusal);
        choice.putNull("logprobs").put("finish_reason", Finish.WITHHELD.reason(false));
    }

    /** True unless the candidate is a botched answer that says nothing. */
    private static boolean choose(JsonNode candidate, int position, Envelope envelope, ArrayNode choices) {
        int index = candidate.path("index").intValue(position);
        AnswerParts parts = AnswerParts.of(candidate, envelope.callIds(index), 0);
        Finish finish = Finish.of(candidate.path("finishReason").stringValue(""));
        ObjectNode choice = choices.addObject().put("index", index);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        boolean withheld = finish == Finish.WITHHELD && !parts.saySomething();
        boolean silent = parts.text().isEmpty() && (withheld || parts.saySomething());
        message.put("content", silent ? null : parts.text());
        message.put("refusal", withheld ? Refusal.ofCandidate(candidate) : null);
        if (!parts.thoughts().isEmpty()) {
            message.put("reasoning_content", parts.thoughts());
        }
        if (!parts.toolCalls().isEmpty()) {
            message.putArray("tool_calls").addAll(parts.toolCalls());
        }
        if (!parts.images().isEmpty()) {
            message.putArray("images").addAll(parts.images());
        }
        parts.signature().ifPresent(signature -> Signature.put(signature, message));
        Optional<ObjectNode> logprobs = Logprobs.of(candidate);
        choice.putNull("logprobs");
        logprobs.ifPresent(told -> choice.set("logprobs", told));
        choice.put("finish_reason", finish.reason(!parts.toolCalls().isEmpty()));
        return finish != Finish.BOTCHED || parts.saySomething();
    }
}
