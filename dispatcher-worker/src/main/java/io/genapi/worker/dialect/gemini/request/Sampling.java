package io.genapi.worker.dialect.gemini.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the answer is drawn, how often, and where it ends. */
final class Sampling {

    private static final int MOST_STOPS = 5;

    private Sampling() {}

    static void write(Fields request, ObjectNode config) {
        number(request, "temperature", config, "temperature");
        number(request, "top_p", config, "topP");
        number(request, "top_k", config, "topK");
        number(request, "frequency_penalty", config, "frequencyPenalty");
        number(request, "presence_penalty", config, "presencePenalty");
        request.integer("n").ifPresent(count -> config.set("candidateCount", count));
        seed(request, config);
        limit(request, config);
        stops(request, config);
        logprobs(request, config);
    }

    private static void number(Fields request, String name, ObjectNode config, String theirs) {
        request.number(name).ifPresent(value -> config.set(theirs, value));
    }

    private static void seed(Fields request, ObjectNode config) {
        request.integer("seed").ifPresent(seed -> {
            if (seed.canConvertToInt()) {
                config.set("seed", seed);
            } else {
                request.findings()
                        .omitted(
                                "seed",
                                "takes seeds of 32 bits, not " + seed,
                                "Send one from -2147483648 to 2147483647.");
            }
        });
    }

    private static void limit(Fields request, ObjectNode config) {
        Optional<JsonNode> old = request.integer("max_tokens");
        request.integer("max_completion_tokens").or(() -> old).ifPresent(limit -> config.set("maxOutputTokens", limit));
    }

    private static void stops(Fields request, ObjectNode config) {
        Optional<JsonNode> stop = request.any("stop");
        if (stop.isEmpty()) {
            return;
        }
        List<JsonNode> texts = new ArrayList<>();
        if (stop.get().isArray()) {
            stop.get().forEach(texts::add);
        } else {
            texts.add(stop.get());
        }
        if (!texts.stream().allMatch(JsonNode::isString)) {
            request.findings()
                    .malformed("stop", "is " + Fields.describe(stop.get()), "Send a string or an array of strings.");
            return;
        }
        if (texts.size() > MOST_STOPS) {
            request.findings().malformed("stop", "has " + texts.size() + " texts", "Send at most " + MOST_STOPS + ".");
            return;
        }
        ArrayNode sequences = config.arrayNode();
        sequences.addAll(texts);
        if (!sequences.isEmpty()) {
            config.set("stopSequences", sequences);
        }
    }

    private static void logprobs(Fields request, ObjectNode config) {
        boolean wanted = request.bool("logprobs").orElse(false);
        if (wanted) {
            config.put("responseLogprobs", true);
        }
        request.integer("top_logprobs").ifPresent(top -> {
            if (!wanted) {
                request.findings().malformed("top_logprobs", "is given without 'logprobs'", "Send logprobs: true too.");
            } else if (!top.equals(config.numberNode(0))) {
                config.set("logprobs", top);
            }
        });
    }
}
