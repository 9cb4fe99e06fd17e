package io.genapi.gateway.responses.request;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a response object repeats of its request, all members of it, with what OpenAI puts where the request says nothing;
 * what is the vendor's to choose is null then. The model and the input are in the chat completion.
 */
final class Repetition {

    private static final int MOST_METADATA = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Repetition() {}

    static ObjectNode of(Field request) {
        ObjectNode repeated = JSON.objectNode();
        put(repeated, request, "background", JSON.booleanNode(false));
        put(repeated, request, "instructions", JSON.nullNode());
        put(repeated, request, "max_output_tokens", JSON.nullNode());
        request.given("max_tool_calls").ifPresent(Field::wholeNumber);
        put(repeated, request, "max_tool_calls", JSON.nullNode());
        repeated.set("metadata", metadata(request));
        put(repeated, request, "parallel_tool_calls", JSON.booleanNode(true));
        put(repeated, request, "previous_response_id", JSON.nullNode());
        put(repeated, request, "prompt_cache_key", JSON.nullNode());
        put(repeated, request, "prompt_cache_retention", JSON.nullNode());
        ObjectNode reasoning = repeated.putObject("reasoning");
        put(reasoning, request.at("reasoning"), "effort", JSON.nullNode());
        reasoning.putNull("summary");
        put(repeated, request, "safety_identifier", JSON.nullNode());
        put(repeated, request, "service_tier", JSON.stringNode("auto"));
        put(repeated, request, "store", JSON.booleanNode(true));
        put(repeated, request, "temperature", JSON.nullNode());
        ObjectNode text = repeated.putObject("text");
        put(text, request.at("text"), "format", JSON.objectNode().put("type", "text"));
        request.at("text").given("verbosity").ifPresent(verbosity -> text.set("verbosity", verbosity.value()));
        put(repeated, request, "tool_choice", JSON.stringNode("auto"));
        repeated.set("tools", tools(request));
        put(repeated, request, "top_logprobs", JSON.nullNode());
        put(repeated, request, "top_p", JSON.nullNode());
        repeated.put("truncation", "disabled");
        put(repeated, request, "user", JSON.nullNode());
        return repeated;
    }

    private static void put(ObjectNode repeated, Field from, String name, JsonNode usual) {
        repeated.set(name, from.given(name).map(Field::value).orElse(usual));
    }

    private static ArrayNode tools(Field request) {
        ArrayNode tools = JSON.arrayNode();
        request.given("tools")
                .ifPresent(given -> given.elements().forEach(tool -> {
                    ObjectNode repeated = tools.addObject().put("type", "function");
                    put(repeated, tool, "name", JSON.nullNode());
                    put(repeated, tool, "description", JSON.nullNode());
                    put(repeated, tool, "parameters", JSON.nullNode());
                    put(repeated, tool, "strict", JSON.booleanNode(false));
                }));
        return tools;
    }

    private static ObjectNode metadata(Field request) {
        if (request.given("metadata").isEmpty()) {
            return JSON.objectNode();
        }
        Field metadata = request.at("metadata").object();
        Set<String> keys = Set.copyOf(metadata.value().propertyNames());
        if (keys.size() > MOST_METADATA || keys.stream().anyMatch(key -> key.length() > LONGEST_KEY)) {
            throw metadata.wrong(
                    "Send at most %d pairs, with keys of at most %d characters.".formatted(MOST_METADATA, LONGEST_KEY));
        }
        keys.stream().sorted().map(metadata::at).forEach(value -> {
            if (value.text().length() > LONGEST_VALUE) {
                throw value.wrong("Send a string of at most %d characters.".formatted(LONGEST_VALUE));
            }
        });
        return metadata.node();
    }
}
