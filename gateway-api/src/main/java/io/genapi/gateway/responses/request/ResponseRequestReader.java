package io.genapi.gateway.responses.request;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads requests of <a href="https://platform.openai.com/docs/api-reference/responses/create">POST /v1/responses</a>.
 * What a chat completion cannot say is an error that names the field; nothing is left out in silence but reasoning items.
 */
public final class ResponseRequestReader {

    /** Both APIs call these the same and mean the same. */
    private static final Set<String> SAME = Set.of(
            "model",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier",
            "service_tier",
            "temperature",
            "top_p",
            "user");

    private static final Set<String> TRANSLATED = Set.of(
            "background",
            "include",
            "input",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "parallel_tool_calls",
            "previous_response_id",
            "reasoning",
            "store",
            "stream",
            "stream_options",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "truncation");

    private static final Map<String, String> REFUSED = Map.of(
            "context_management", "Shorten the input yourself.",
            "conversation", "Name the response to go on from as previous_response_id, or send all items as input.",
            "moderation", "Ask a moderation model in a request of its own.",
            "prompt", "Send the prompt's text as instructions and input.",
            "prompt_cache_options", "Send prompt_cache_key and prompt_cache_retention only.");

    private ResponseRequestReader() {}

    public static ResponseReading read(byte[] body) {
        try {
            return RequestJson.read(body) instanceof ObjectNode request
                    ? new ResponseReading.Valid(read(Field.root(request)))
                    : invalidJson("it is no object");
        } catch (ObjectionException objection) {
            return new ResponseReading.Invalid(objection.error());
        } catch (JacksonException malformed) {
            return invalidJson(malformed.getOriginalMessage());
        }
    }

    private static ResponseReading invalidJson(String why) {
        return new ResponseReading.Invalid(ApiError.invalidRequest(
                400,
                "invalid_json",
                "We could not parse the body of your request as JSON: " + why + ". Send one JSON object in UTF-8."));
    }

    private static ResponseRequest read(Field request) {
        requireKnown(request);
        ObjectNode chat = JsonNodeFactory.instance.objectNode();
        SAME.stream().sorted().forEach(name -> request.given(name).ifPresent(field -> chat.set(name, field.value())));
        request.given("max_output_tokens").ifPresent(most -> chat.put("max_completion_tokens", most.wholeNumber()));
        reasoning(request, chat);
        Tools.translate(request, chat);
        OutputForm.translate(request, chat);
        boolean stream = flag(request, "stream", false);
        if (stream) {
            chat.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        requireNoObfuscation(request);
        requireNoTruncation(request);
        boolean background = flag(request, "background", false);
        boolean store = flag(request, "store", true);
        if (background && !store) {
            throw ObjectionException.of("invalid_value", "store", storeNeeded());
        }
        return new ResponseRequest(
                chat,
                request.given("instructions").map(Field::text),
                input(request),
                request.given("previous_response_id").map(Field::text),
                background,
                stream,
                store,
                Repetition.of(request));
    }

    /** Why the answer to what runs in the background has to be kept. */
    public static String storeNeeded() {
        return "Invalid value for 'store': false. What runs in the background is asked for later: send 'store': true, or"
                + " leave it out.";
    }

    private static void requireKnown(Field request) {
        for (String name : request.value().propertyNames()) {
            String refusal = REFUSED.get(name);
            if (refusal != null) {
                request.given(name).ifPresent(field -> {
                    throw field.unsupported(refusal);
                });
            } else if (!SAME.contains(name) && !TRANSLATED.contains(name)) {
                throw ObjectionException.of(
                        "unknown_parameter",
                        SentText.excerpt(name),
                        "Unknown parameter: '%s'. Leave it out.".formatted(SentText.excerpt(name)));
            }
        }
    }

    private static List<ObjectNode> input(Field request) {
        Optional<Field> input = request.given("input");
        if (input.isEmpty() && !request.at("previous_response_id").isPresent()) {
            throw ObjectionException.of("missing_required_parameter", "input", "Missing required parameter: 'input'.");
        }
        return input.map(InputItems::messages).orElseGet(List::of);
    }

    private static void reasoning(Field request, ObjectNode chat) {
        request.given("reasoning").ifPresent(reasoning -> {
            reasoning.only(Set.of("effort", "summary", "generate_summary"));
            reasoning.given("effort").ifPresent(effort -> chat.put("reasoning_effort", effort.text()));
            for (String summary : new String[] {"summary", "generate_summary"}) {
                reasoning.given(summary).ifPresent(field -> {
                    throw field.unsupported("No summary of reasoning can be asked for: leave it out.");
                });
            }
        });
    }

    private static boolean flag(Field request, String name, boolean usual) {
        return request.given(name).map(Field::flag).orElse(usual);
    }

    /** Events are as long as what they tell; to say so is no mistake. */
    private static void requireNoObfuscation(Field request) {
        request.given("stream_options").ifPresent(options -> {
            options.only(Set.of("include_obfuscation"));
            options.given("include_obfuscation").filter(Field::flag).ifPresent(wanted -> {
                throw wanted.unsupported("Events are not obfuscated: send false, or leave it out.");
            });
        });
    }

    private static void requireNoTruncation(Field request) {
        request.given("truncation")
                .filter(field -> !field.text().equals("disabled"))
                .ifPresent(field -> {
                    throw field.text().equals("auto")
                            ? field.unsupported("Shorten the input yourself, and send disabled, or leave it out.")
                            : field.wrong("Send disabled, or leave it out.");
                });
    }
}
