package io.genapi.simulator.openai;

import io.genapi.simulator.dialect.Answer;
import io.genapi.simulator.dialect.CallFacts;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.VendorRequest;
import io.genapi.simulator.model.ChatModel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's chat completions and models, as in its <a href="https://platform.openai.com/docs/api-reference/chat">API
 * reference</a>. Pure and thread-safe.
 */
public final class OpenAiDialect implements Dialect {

    private static final String UNLIMITED_TOKENS = "10000000000";

    /** What {@code GET /v1/models} lists when every model is known. */
    private static final List<String> SOME_MODELS = List.of("gpt-4o", "gpt-4o-mini", "gpt-5", "gpt-5-mini");

    private static final String CHAT = "/v1/chat/completions";
    private static final String MODELS = "/v1/models";

    private final Set<String> keys;
    private final List<String> models;
    private final ChatRequestReader reader = new ChatRequestReader();
    private final ChatModel model = new ChatModel();

    /**
     * Creates a dialect.
     *
     * @param keys accepted credentials; empty to accept everybody
     * @param models known models; empty to know every one
     */
    public OpenAiDialect(Set<String> keys, List<String> models) {
        this.keys = Set.copyOf(keys);
        this.models = List.copyOf(models);
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    @Override
    public Answer answer(VendorRequest request, CallIdentity identity) {
        if (!keys.isEmpty()) {
            String authorization = request.header("authorization").orElse("");
            if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
                return OpenAiError.missingKey().answer();
            }
            if (!keys.contains(authorization.substring(7).strip())) {
                return OpenAiError.wrongKey().answer();
            }
        }
        String path = request.path();
        if (path.equals(CHAT)) {
            return request.method().equals("POST") ? chat(request, identity) : wrongMethod(request);
        }
        if (path.equals(MODELS)) {
            return request.method().equals("GET") ? listModels() : wrongMethod(request);
        }
        if (path.startsWith(MODELS + "/")) {
            return request.method().equals("GET")
                    ? showModel(path.substring(MODELS.length() + 1))
                    : wrongMethod(request);
        }
        return OpenAiError.unknownPath(request.method(), path).answer();
    }

    private static Answer wrongMethod(VendorRequest request) {
        return OpenAiError.wrongMethod(request.method(), request.path()).answer();
    }

    private Answer chat(VendorRequest request, CallIdentity identity) {
        return switch (reader.read(request.body())) {
            case OpenAiError error -> error.answer();
            case ChatRequest chat
            when !knows(chat.model()) -> OpenAiError.unknownModel(chat.model()).answer();
            case ChatRequest chat -> {
                var writer = new CompletionWriter(chat, model.reply(chat.prompt()), identity);
                yield chat.stream()
                        ? new Answer.Streamed(chat.model(), chat.prompt().lastUserText(), writer.events())
                        : new Answer.Whole(chat.model(), chat.prompt().lastUserText(), writer.completion());
            }
        };
    }

    private boolean knows(String name) {
        return models.isEmpty() || models.contains(name);
    }

    private Answer listModels() {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = list.putArray("data");
        (models.isEmpty() ? SOME_MODELS : models).forEach(name -> data.add(describe(name)));
        return new Answer.Immediate(200, list.toString());
    }

    private Answer showModel(String name) {
        return knows(name)
                ? new Answer.Immediate(200, describe(name).toString())
                : OpenAiError.unknownModel(name).answer();
    }

    private static ObjectNode describe(String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", 1_735_689_600)
                .put("owned_by", "simulator");
    }

    @Override
    public Answer.Immediate error(int status) {
        return OpenAiError.ofStatus(status).answer();
    }

    @Override
    public Map<String, String> headers(CallFacts facts) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-request-id", "req_" + facts.identity().id());
        headers.put("openai-processing-ms", Long.toString(facts.processing().toMillis()));
        headers.put("openai-version", "2020-10-01");
        facts.allowance().ifPresent(allowance -> {
            headers.put("x-ratelimit-limit-requests", Integer.toString(allowance.limit()));
            headers.put("x-ratelimit-remaining-requests", Integer.toString(allowance.remaining()));
            headers.put("x-ratelimit-reset-requests", resetTime(allowance.untilFull()));
            // Tokens are not limited here: so many that a client which keeps to them is never slowed down by bodies of
            // 8 MiB.
            headers.put("x-ratelimit-limit-tokens", UNLIMITED_TOKENS);
            headers.put("x-ratelimit-remaining-tokens", UNLIMITED_TOKENS);
            headers.put("x-ratelimit-reset-tokens", "0s");
        });
        return headers;
    }

    /** OpenAI writes {@code 6m0s}, {@code 8.64s} or {@code 17ms}. */
    static String resetTime(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        String seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString();
        return (millis >= 60_000 ? millis / 60_000 + "m" : "") + seconds + "s";
    }
}
