package io.genapi.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServedModelTest {

    private static final JsonNode MODELS = json("""
            {"object":"list","data":[{"id":"gpt-4o","owned_by":"openai"},{"id":"gpt-4o-mini","owned_by":"openai"},
            {"id":"claude-haiku-5-5","owned_by":"anthropic"},{"id":"gemini-2.5-flash","owned_by":"gemini"}]}""");

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static String chosen(String vendors) {
        return ServedModel.choose(MODELS, json("{\"vendors\":{%s}}".formatted(vendors)));
    }

    @Test
    void isTheUsualOneWhereItsVendorHasAKey() {
        assertEquals("gpt-4o-mini", chosen("\"anthropic\":{},\"openai\":{}"));
    }

    @Test
    void isTheFirstOfAVendorThatHasAKeyWhereTheUsualOneHasNone() {
        assertEquals("claude-haiku-5-5", chosen("\"gemini\":{},\"anthropic\":{}"));
        assertEquals("gemini-2.5-flash", chosen("\"gemini\":{}"));
    }

    @Test
    void isTheUsualOneWhereNothingIsKnown() {
        assertEquals("gpt-4o-mini", chosen(""));
        JsonNode refused = json("{\"error\":{\"message\":\"no\"}}");
        assertEquals("gpt-4o-mini", ServedModel.choose(refused, refused));
    }
}
