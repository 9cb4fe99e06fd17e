package io.genapi.simulator.gemini;

import io.genapi.simulator.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The conversation so far, held to Gemini's rules. */
final class Turns {

    private static final List<String> DATA = List.of(
            "text",
            "inlineData",
            "fileData",
            "functionCall",
            "functionResponse",
            "executableCode",
            "codeExecutionResult");

    private final boolean signed;
    private String lastUserText = "";
    private int tokens = 1;

    /** @param signed whether the model takes its function calls back only with a signature of its thoughts */
    Turns(boolean signed) {
        this.signed = signed;
    }

    void read(JsonNode contents) throws MalformedRequestException {
        if (!contents.isArray() || contents.isEmpty()) {
            throw new MalformedRequestException("* GenerateContentRequest.contents: contents is not specified");
        }
        int callsBefore = 0;
        for (int index = 0; index < contents.size(); index++) {
            JsonNode turn = contents.path(index);
            read(turn, "contents[" + index + "]");
            int responses = count(turn, "functionResponse");
            if (responses != callsBefore) {
                throw new MalformedRequestException("Please ensure that the number of function response parts is equal"
                        + " to the number of function call parts of the function call turn.");
            }
            callsBefore = count(turn, "functionCall");
        }
    }

    private void read(JsonNode turn, String at) throws MalformedRequestException {
        KnownNames.require(turn, "content", at);
        String role = turn.path("role").stringValue("user");
        if (!role.equals("user") && !role.equals("model") && !role.equals("function")) {
            throw new MalformedRequestException("Please use a valid role: user, model.");
        }
        JsonNode parts = turn.path("parts");
        if (parts.isEmpty()) {
            throw new MalformedRequestException(
                    "* GenerateContentRequest.%s.parts: contents.parts must not be empty.".formatted(at));
        }
        for (int index = 0; index < parts.size(); index++) {
            part(parts.path(index), at + ".parts[" + index + "]");
        }
        requireSignature(turn);
        String text = text(turn);
        tokens += 1 + Tokens.count(text);
        if (role.equals("user")
                && turn.path("parts").path(0).path("functionResponse").isMissingNode()) {
            lastUserText = text;
        }
    }

    private static void part(JsonNode part, String at) throws MalformedRequestException {
        KnownNames.require(part, "part", at);
        if (DATA.stream().filter(part::has).count() != 1) {
            throw new MalformedRequestException(
                    "* GenerateContentRequest.%s.data: required oneof field 'data' must have one initialized field"
                            .formatted(at));
        }
        KnownNames.require(part.path("functionCall"), "functionCall", at + ".function_call");
        KnownNames.require(part.path("functionResponse"), "functionResponse", at + ".function_response");
        if (part.has("functionResponse")
                && !part.path("functionResponse").path("response").isObject()) {
            throw new MalformedRequestException(
                    "Invalid value at '%s.function_response.response' (type.googleapis.com/google.protobuf.Struct)"
                            .formatted(at));
        }
    }

    private void requireSignature(JsonNode turn) throws MalformedRequestException {
        for (JsonNode part : turn.path("parts")) {
            if (part.has("functionCall")) {
                if (signed && !part.has("thoughtSignature")) {
                    throw new MalformedRequestException(
                            "Function call is missing a thought_signature in functionCall parts: `%s`."
                                    .formatted(part.path("functionCall")
                                            .path("name")
                                            .stringValue("")));
                }
                return;
            }
        }
    }

    private static int count(JsonNode turn, String kind) {
        int count = 0;
        for (JsonNode part : turn.path("parts")) {
            count += part.has(kind) ? 1 : 0;
        }
        return count;
    }

    /** The text parts alone: an image of megabytes is neither echoed nor counted. */
    static String text(JsonNode content) {
        List<String> texts = new ArrayList<>();
        for (JsonNode part : content.path("parts")) {
            if (part.path("text").isString()) {
                texts.add(part.path("text").stringValue());
            }
        }
        return String.join("\n", texts);
    }

    String lastUserText() {
        return lastUserText;
    }

    int tokens() {
        return tokens;
    }
}
