package io.genapi.simulator.gemini;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The names that the API's messages have; as strict as Google's JSON reader, which takes no others. */
final class KnownNames {

    private static final Map<String, Set<String>> BY_MESSAGE = Map.of(
            "request",
            Set.of(
                    "contents",
                    "systemInstruction",
                    "tools",
                    "toolConfig",
                    "safetySettings",
                    "generationConfig",
                    "cachedContent",
                    "serviceTier",
                    "store",
                    "model"),
            "generationConfig",
            Set.of(
                    "stopSequences",
                    "responseMimeType",
                    "responseSchema",
                    "responseJsonSchema",
                    "responseModalities",
                    "candidateCount",
                    "maxOutputTokens",
                    "temperature",
                    "topP",
                    "topK",
                    "seed",
                    "presencePenalty",
                    "frequencyPenalty",
                    "responseLogprobs",
                    "logprobs",
                    "thinkingConfig",
                    "mediaResolution",
                    "speechConfig",
                    "imageConfig"),
            "content",
            Set.of("role", "parts"),
            "part",
            Set.of(
                    "text",
                    "thought",
                    "thoughtSignature",
                    "inlineData",
                    "fileData",
                    "functionCall",
                    "functionResponse",
                    "executableCode",
                    "codeExecutionResult",
                    "videoMetadata",
                    "mediaResolution"),
            "functionCall",
            Set.of("id", "name", "args"),
            "functionResponse",
            Set.of("id", "name", "response", "parts", "willContinue", "scheduling"),
            "functionDeclaration",
            Set.of(
                    "name",
                    "description",
                    "parameters",
                    "parametersJsonSchema",
                    "response",
                    "responseJsonSchema",
                    "behavior"),
            "functionCallingConfig",
            Set.of("mode", "allowedFunctionNames"),
            "thinkingConfig",
            Set.of("includeThoughts", "thinkingBudget", "thinkingLevel"));

    private KnownNames() {}

    /** @param at the message's place in the request, empty for the request itself */
    static JsonNode require(JsonNode object, String message, String at) throws MalformedRequestException {
        if (!object.isObject() && !object.isMissingNode()) {
            throw new MalformedRequestException("Invalid value at '%s' (%s), %s"
                    .formatted(at.isEmpty() ? "request" : at, message, "not an object"));
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!BY_MESSAGE.getOrDefault(message, Set.of()).contains(field.getKey())) {
                throw new MalformedRequestException(
                        "Invalid JSON payload received. Unknown name \"%s\"%s: Cannot find field."
                                .formatted(field.getKey(), at.isEmpty() ? "" : " at '" + at + "'"));
            }
        }
        return object;
    }
}
