package io.genapi.simulator.gemini;

import io.genapi.simulator.model.Prompt;
import io.genapi.simulator.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of {@code generateContent} as strictly as Gemini does, for the fields it knows. */
final class ContentsReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MOST_CANDIDATES = 8;
    private static final int MOST_STOPS = 5;

    ParsedContents read(String model, byte[] body) {
        try {
            return read(model, JSON.readTree(body));
        } catch (JacksonException malformed) {
            return GeminiError.invalid("Invalid JSON payload received.");
        } catch (MalformedRequestException malformed) {
            return malformed.error();
        }
    }

    private static ContentsRequest read(String model, JsonNode root) throws MalformedRequestException {
        KnownNames.require(root, "request", "");
        JsonNode config = KnownNames.require(root.path("generationConfig"), "generationConfig", "generation_config");
        JsonNode thinking = KnownNames.require(
                config.path("thinkingConfig"), "thinkingConfig", "generation_config.thinking_config");
        if (thinking.has("thinkingBudget") && thinking.has("thinkingLevel")) {
            throw new MalformedRequestException("You can only set only one of thinking budget and thinking level.");
        }
        Turns turns = new Turns(model.startsWith("gemini-3"));
        turns.read(root.path("contents"));
        if (config.path("logprobs").isNumber()
                && !config.path("responseLogprobs").booleanValue(false)) {
            throw new MalformedRequestException("logprobs is only allowed with response_logprobs.");
        }
        return new ContentsRequest(
                new Prompt(
                        turns.lastUserText(),
                        integer(config, "maxOutputTokens", Integer.MAX_VALUE),
                        stops(config.path("stopSequences")),
                        new FormReader(root, config).read()),
                turns.tokens() + Tokens.count(Turns.text(root.path("systemInstruction"))),
                integer(config, "candidateCount", MOST_CANDIDATES).orElse(1),
                thinking.path("includeThoughts").booleanValue(false),
                config.path("responseLogprobs").booleanValue(false));
    }

    private static OptionalInt integer(JsonNode config, String name, int most) throws MalformedRequestException {
        JsonNode value = config.path(name);
        if (value.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new MalformedRequestException(
                    "Invalid value at 'generation_config.%s' (TYPE_INT32), %s".formatted(name, value));
        }
        if (value.intValue() < 1 || value.intValue() > most) {
            throw new MalformedRequestException("%s must be from 1 to %d, not %s.".formatted(name, most, value));
        }
        return OptionalInt.of(value.intValue());
    }

    private static List<String> stops(JsonNode sequences) throws MalformedRequestException {
        List<String> stops = new ArrayList<>();
        for (JsonNode sequence : sequences) {
            if (!sequence.isString()) {
                throw new MalformedRequestException(
                        "Invalid value at 'generation_config.stop_sequences' (TYPE_STRING), " + sequence);
            }
            stops.add(sequence.stringValue());
        }
        if (stops.size() > MOST_STOPS) {
            throw new MalformedRequestException("The number of stop sequences must be at most " + MOST_STOPS + ".");
        }
        stops.removeIf(String::isEmpty);
        return stops;
    }
}
