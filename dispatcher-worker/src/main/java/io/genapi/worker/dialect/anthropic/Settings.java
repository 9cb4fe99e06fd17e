package io.genapi.worker.dialect.anthropic;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields that stand for themselves. Sampling was taken out of the Messages API with the version 2026-10-21, so that a
 * field passes where its value is what happens anyway.
 */
final class Settings {

    /** Fields that others translate, or that say nothing about the answer. */
    private static final Set<String> ELSEWHERE = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "reasoning_effort",
            "max_tokens",
            "max_completion_tokens");

    private final Objections objections;

    Settings(Objections objections) {
        this.objections = objections;
    }

    void translate(Place root, ObjectNode body) {
        root.fields().forEach((name, field) -> {
            if (field.given() && !ELSEWHERE.contains(name)) {
                translate(name, field, body);
            }
        });
    }

    private void translate(String name, Place field, ObjectNode body) {
        switch (name) {
            case "stop" -> stop(field, body);
            case "user", "safety_identifier" -> user(field, body);
            case "service_tier" -> serviceTier(field, body);
            case "temperature", "top_p" -> number(field, 1, "It samples at 1 only: leave it out, or send 1.");
            case "n" -> number(field, 1, "It gives one choice: send 1, or as many requests as you want choices.");
            case "frequency_penalty", "presence_penalty" -> number(field, 0, "Leave it out, or send 0.");
            case "logprobs", "store" -> flag(field);
            case "modalities" -> modalities(field);
            case "logit_bias", "metadata" -> {
                if (!field.value().isEmpty() || !field.value().isContainer()) {
                    objections.unsupported(field, "Leave it out.");
                }
            }
            case "functions" -> objections.unsupported(field, "Send tools instead.");
            case "function_call" -> objections.unsupported(field, "Send tool_choice instead.");
            default -> objections.unsupported(field, "Leave it out.");
        }
    }

    private void number(Place field, int natural, String remedy) {
        if (!field.value().isNumber()) {
            objections.malformed(field, "Send a number.");
        } else if (field.value().doubleValue() != natural) {
            objections.unsupported(field, remedy);
        }
    }

    private void flag(Place field) {
        if (!field.value().isBoolean()) {
            objections.malformed(field, "Send true or false.");
        } else if (field.value().booleanValue()) {
            objections.unsupported(field, "Leave it out, or send false.");
        }
    }

    private void modalities(Place field) {
        if (!field.value().isArray()) {
            objections.malformed(field, "Send an array of strings.");
        }
        for (Place modality : field.items()) {
            if (!modality.is("text")) {
                objections.unsupported(modality, "Send 'text' only.");
            }
        }
    }

    private void stop(Place field, ObjectNode body) {
        if (!field.value().isString() && !field.value().isArray()) {
            objections.malformed(field, "Send a string, or an array of strings.");
            return;
        }
        ArrayNode stops = body.arrayNode();
        for (Place text : field.value().isArray() ? field.items() : List.of(field)) {
            if (!text.value().isString()) {
                objections.malformed(text, "Send a string.");
            } else if (text.text().isBlank()) {
                objections.unsupported(text, "It stops at texts that are not only white space.");
            } else {
                stops.add(text.value());
            }
        }
        if (!stops.isEmpty()) {
            body.set("stop_sequences", stops);
        }
    }

    private void user(Place field, ObjectNode body) {
        JsonNode known = body.path("metadata").path("user_id");
        if (!field.value().isString()) {
            objections.malformed(field, "Send a string.");
        } else if (known.isString() && !field.is(known.stringValue())) {
            objections.unsupported(field, "It knows one identifier of the user's: send safety_identifier only.");
        } else {
            body.putObject("metadata").put("user_id", field.text());
        }
    }

    /** Which lane the job went through is the broker's doing; of the vendor's tiers, that one is asked for that fits. */
    private void serviceTier(Place field, ObjectNode body) {
        switch (field.text()) {
            case "auto", "priority" -> body.put("service_tier", "auto");
            case "default", "flex" -> body.put("service_tier", "standard_only");
            default -> objections.unsupported(field, "Send 'auto', 'default', 'flex' or 'priority'.");
        }
    }
}
