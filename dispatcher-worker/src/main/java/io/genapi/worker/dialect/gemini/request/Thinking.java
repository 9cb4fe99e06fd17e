package io.genapi.worker.dialect.gemini.request;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much the model thinks before it answers: {@code reasoning_effort} in the measures of Gemini's OpenAI-compatible
 * endpoint, and that endpoint's own {@code extra_body.google.thinking_config}.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/openai#thinking">OpenAI compatibility</a>
 */
final class Thinking {

    /** In tokens. */
    private static final Map<String, Integer> BUDGETS =
            Map.of("none", 0, "minimal", 1_024, "low", 1_024, "medium", 8_192, "high", 24_576);

    private static final Map<String, String> LEVELS =
            Map.of("minimal", "minimal", "low", "low", "medium", "medium", "high", "high");

    private Thinking() {}

    static void write(Fields request, Generation generation, ObjectNode config) {
        Optional<String> effort = request.text("reasoning_effort");
        Optional<Fields> own = request.object("extra_body")
                .flatMap(extra -> known(extra, extra.object("google")))
                .flatMap(google -> known(google, google.object("thinking_config")));
        ObjectNode thinking = config.objectNode();
        effort.ifPresent(value -> effort(value, generation, request.findings(), thinking));
        own.ifPresent(fields -> own(fields, effort.isPresent(), thinking));
        if (!thinking.isEmpty()) {
            config.set("thinkingConfig", thinking);
        }
    }

    private static Optional<Fields> known(Fields outer, Optional<Fields> inner) {
        outer.rest()
                .forEach(name -> outer.findings()
                        .omitted(
                                outer.at(name),
                                "is not told this by the broker",
                                "Only google.thinking_config is known."));
        return inner;
    }

    private static void effort(String effort, Generation generation, Findings findings, ObjectNode thinking) {
        if (!BUDGETS.containsKey(effort)) {
            findings.omitted(
                    "reasoning_effort",
                    "knows no effort '" + effort + "'",
                    "Send none, minimal, low, medium or high, or leave it out.");
        } else if (generation == Generation.BUDGETS || effort.equals("none")) {
            // Models that cannot do without thinking refuse a budget of nothing themselves.
            thinking.put("thinkingBudget", BUDGETS.get(effort));
        } else if (generation == Generation.LEVELS_OF_PRO && effort.equals("minimal")) {
            thinking.put("thinkingLevel", "low");
        } else {
            thinking.put("thinkingLevel", LEVELS.get(effort));
        }
    }

    private static void own(Fields fields, boolean effortGiven, ObjectNode thinking) {
        fields.bool("include_thoughts").ifPresent(include -> thinking.put("includeThoughts", include));
        Optional<String> level = fields.text("thinking_level");
        Optional<Integer> budget = fields.integer("thinking_budget")
                .filter(value -> value.canConvertToInt())
                .map(value -> value.intValue());
        if (effortGiven && (level.isPresent() || budget.isPresent())) {
            fields.findings().malformed(fields.path(), "is given beside 'reasoning_effort'", "Send one of them.");
            return;
        }
        level.ifPresent(value -> thinking.put("thinkingLevel", value));
        budget.ifPresent(value -> thinking.put("thinkingBudget", value));
        fields.rest()
                .forEach(name -> fields.findings().omitted(fields.at(name), "has nothing like it", "Leave it out."));
    }
}
