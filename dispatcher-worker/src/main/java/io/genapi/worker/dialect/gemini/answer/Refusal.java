package io.genapi.worker.dialect.gemini.answer;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is said in place of what Gemini keeps to itself. */
final class Refusal {

    private Refusal() {}

    /** Of a prompt that was not answered at all; empty for one that was. */
    static Optional<String> ofPrompt(JsonNode response) {
        JsonNode feedback = response.path("promptFeedback");
        return Optional.of(feedback.path("blockReason").stringValue(""))
                .filter(reason ->
                        !reason.isEmpty() && response.path("candidates").isEmpty())
                .map(reason -> text("did not answer this request", reason, feedback.path("blockReasonMessage")));
    }

    static String ofCandidate(JsonNode candidate) {
        return text(
                "withheld its answer", candidate.path("finishReason").stringValue(""), candidate.path("finishMessage"));
    }

    private static String text(String what, String reason, JsonNode message) {
        String words = message.stringValue("");
        return "Gemini %s: %s.%s".formatted(what, reason, words.isEmpty() ? "" : " " + words);
    }
}
