package io.genapi.worker.dialect.gemini.request;

import io.genapi.schemas.error.ApiError;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * From a chat completion request to the body of {@code models.generateContent}. Pure.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini's reference</a>
 */
public final class RequestTranslation {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LEAVE_OUT = "Leave it out.";

    /** What Gemini has nothing like, by why. */
    private static final Map<String, String> NOTHING_LIKE = Map.ofEntries(
            Map.entry("user", "takes no id of an end user"),
            Map.entry("safety_identifier", "takes no id of an end user"),
            Map.entry("metadata", "keeps nothing about a request"),
            Map.entry("audio", "does not speak in chat completions"),
            Map.entry("prediction", "takes no predicted output"),
            Map.entry("web_search_options", "searches the web in a way of its own"),
            Map.entry("verbosity", "takes no wish for verbosity"),
            Map.entry("prompt_cache_key", "caches prompts without being asked"),
            Map.entry("prompt_cache_retention", "caches prompts without being asked"),
            Map.entry("functions", "is given functions only as 'tools'"),
            Map.entry("function_call", "is told which function to call only by 'tool_choice'"));

    private RequestTranslation() {}

    /**
     * Translates a request.
     *
     * @param body a chat completion request as bytes
     * @param model what Gemini calls the model; how much it thinks is said differently to different generations
     */
    public static Translation of(byte[] body, String model) {
        ObjectNode translated = JsonNodeFactory.instance.objectNode();
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException malformed) {
            return unreadable(translated);
        }
        Findings findings = new Findings();
        Generation generation = Generation.of(model);
        Fields request = new Fields(root, "", findings);
        Resolution resolution = new Resolution(findings);
        new Conversation(generation, resolution).write(request, translated);
        ToolDeclarations.write(request, translated);
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        Sampling.write(request, config);
        OutputFormat.write(request, config);
        Thinking.write(request, generation, config);
        resolution.write(config);
        if (!config.isEmpty()) {
            translated.set("generationConfig", config);
        }
        ServiceTier.write(request, translated);
        findTheRest(request);
        return new Translation(translated, findings.refused(), findings.omitted());
    }

    private static Translation unreadable(ObjectNode nothing) {
        return new Translation(
                nothing,
                List.of(ApiError.invalidRequest(
                        400,
                        "invalid_json",
                        "We could not read the body of your request. Send one JSON object, not nested too deeply.")),
                List.of());
    }

    private static void findTheRest(Fields request) {
        request.text("model");
        // How the answer travels: the call's address says so, and the stream's translation.
        request.bool("stream");
        request.object("stream_options");
        Findings findings = request.findings();
        if (request.bool("store").orElse(false)) {
            findings.omitted("store", "keeps no completions to be fetched again", "Leave it out or send false.");
        }
        request.any("modalities").ifPresent(modalities -> modalities(modalities, findings));
        request.any("logit_bias")
                .filter(bias -> !bias.isEmpty())
                .ifPresent(_ -> findings.omitted("logit_bias", "has no bias for single tokens", LEAVE_OUT));
        for (String name : request.rest()) {
            findings.omitted(name, NOTHING_LIKE.getOrDefault(name, "has nothing like it"), LEAVE_OUT);
        }
    }

    private static void modalities(JsonNode modalities, Findings findings) {
        for (JsonNode modality : modalities) {
            if (!modality.stringValue("").equals("text")) {
                findings.omitted("modalities", "answers chat completions in text only", "Send [\"text\"].");
                return;
            }
        }
    }
}
