package io.genapi.worker.dialect.anthropic;

import io.genapi.schemas.chat.ChatRequestBody;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat completion request in Anthropic's words, and what of it could not be said so.
 *
 * @param body complete but for the model; without what there are objections to
 * @see <a href="https://docs.claude.com/en/api/messages">Anthropic's reference</a>
 */
record RequestTranslation(ObjectNode body, Objections objections) {

    /** Anthropic wants a limit where OpenAI needs none: the most that every model of the current reference takes. */
    private static final int MAX_TOKENS = 64_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** @param request whose JSON is known to be in order */
    static RequestTranslation of(ChatRequestBody request) {
        return of(JSON.readTree(request.bytes()));
    }

    static RequestTranslation of(JsonNode request) {
        Objections objections = new Objections();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Place root = new Place(request, "");
        body.put("max_tokens", maxTokens(root, objections));
        new Conversation(objections).translate(root, body);
        new Tools(objections).translate(root, body);
        new OutputForm(objections).translate(root, body);
        new Settings(objections).translate(root, body);
        return new RequestTranslation(body, objections);
    }

    private static int maxTokens(Place root, Objections objections) {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            Place limit = root.at(name);
            if (limit.given()) {
                if (limit.value().canConvertToInt()
                        && limit.value().isIntegralNumber()
                        && limit.value().intValue() >= 1) {
                    return limit.value().intValue();
                }
                objections.malformed(limit, "Send a whole number of at least 1.");
            }
        }
        return MAX_TOKENS;
    }
}
