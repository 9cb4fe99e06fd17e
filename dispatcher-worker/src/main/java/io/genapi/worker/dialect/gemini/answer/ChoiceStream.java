package io.genapi.worker.dialect.gemini.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One candidate of a stream: makes the {@code choices} elements of its chunks. Not thread-safe. */
final class ChoiceStream {

    private final int index;
    private boolean opened;
    private boolean said;
    private int calls;
    private Optional<Finish> finish = Optional.empty();

    ChoiceStream(int index) {
        this.index = index;
    }

    boolean isFinished() {
        return finish.isPresent();
    }

    /** Whether it ended without having said anything. */
    boolean isBotched() {
        return !said && finish.filter(reason -> reason == Finish.BOTCHED).isPresent();
    }

    /** The chunk, or chunks, for what one event adds. */
    List<ObjectNode> go(JsonNode candidate, Envelope envelope) {
        List<ObjectNode> deltas = new ArrayList<>();
        AnswerParts parts = AnswerParts.of(candidate, envelope.callIds(index), calls);
        said |= parts.saySomething();
        Optional<ObjectNode> logprobs = Logprobs.of(candidate);
        if (!parts.isEmpty() || logprobs.isPresent()) {
            ObjectNode content = delta(delta -> content(parts, delta));
            logprobs.ifPresent(told -> content.set("logprobs", told));
            deltas.add(content);
        }
        String reason = candidate.path("finishReason").stringValue("");
        if (!reason.isEmpty()) {
            Finish now = Finish.of(reason);
            finish = Optional.of(now);
            if (now == Finish.WITHHELD && !said) {
                deltas.add(delta(delta -> delta.put("refusal", Refusal.ofCandidate(candidate))));
            }
            if (!isBotched()) {
                deltas.add(last(now));
            }
        }
        return deltas;
    }

    List<ObjectNode> refuse(String refusal) {
        finish = Optional.of(Finish.WITHHELD);
        return List.of(delta(delta -> delta.put("refusal", refusal)), last(Finish.WITHHELD));
    }

    private void content(AnswerParts parts, ObjectNode delta) {
        if (!parts.thoughts().isEmpty()) {
            delta.put("reasoning_content", parts.thoughts());
        }
        if (!parts.text().isEmpty()) {
            delta.put("content", parts.text());
        }
        if (!parts.toolCalls().isEmpty()) {
            ArrayNode ours = delta.putArray("tool_calls");
            for (ObjectNode call : parts.toolCalls()) {
                ours.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("index", calls++)
                        .setAll(call));
            }
        }
        if (!parts.images().isEmpty()) {
            delta.putArray("images").addAll(parts.images());
        }
        parts.signature().ifPresent(signature -> Signature.put(signature, delta));
    }

    private ObjectNode last(Finish reason) {
        return delta(_ -> {}).put("finish_reason", reason.reason(calls > 0));
    }

    private ObjectNode delta(Consumer<ObjectNode> content) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode().put("index", index);
        ObjectNode delta = choice.putObject("delta");
        if (!opened) {
            delta.put("role", "assistant");
            opened = true;
        }
        content.accept(delta);
        return choice.putNull("logprobs").putNull("finish_reason");
    }
}
