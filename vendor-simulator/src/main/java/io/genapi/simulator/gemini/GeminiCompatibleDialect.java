package io.genapi.simulator.gemini;

import io.genapi.simulator.dialect.Answer;
import io.genapi.simulator.dialect.CallFacts;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.VendorRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Gemini's OpenAI-compatible endpoint: another's chat completions under another path, with errors in Google's form, in
 * an array of one as the endpoint sends them. Pure and thread-safe.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/openai">OpenAI compatibility</a>
 */
public final class GeminiCompatibleDialect implements Dialect {

    private static final String ROOT = "/v1beta/openai";

    private final Dialect openAi;

    /** @param openAi what answers, under {@code /v1} */
    public GeminiCompatibleDialect(Dialect openAi) {
        this.openAi = openAi;
    }

    @Override
    public boolean serves(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    @Override
    public Answer answer(VendorRequest request, CallIdentity identity) {
        VendorRequest inner = new VendorRequest(
                request.method(),
                "/v1" + request.path().substring(ROOT.length()),
                request.query(),
                request.headers(),
                request.body());
        return switch (openAi.answer(inner, identity)) {
            case Answer.Immediate refusal when refusal.status() >= 400 -> refused(refusal);
            case Answer other -> other;
        };
    }

    private static Answer refused(Answer.Immediate refusal) {
        GeminiError ours = refusal.status() == 401
                ? GeminiError.wrongKey()
                : GeminiError.ofStatus(refusal.status(), Optional.empty());
        String message = JsonMapper.shared()
                .readTree(refusal.body())
                .path("error")
                .path("message")
                .stringValue(ours.message());
        return inArray(new GeminiError(ours.status(), ours.code(), message, ours.reason(), ours.retryDelay()));
    }

    private static Answer.Immediate inArray(GeminiError error) {
        return new Answer.Immediate(
                error.status(),
                JsonNodeFactory.instance.arrayNode().add(error.json()).toString());
    }

    @Override
    public Answer.Immediate error(int status) {
        return inArray(GeminiError.ofStatus(status, Optional.empty()));
    }

    @Override
    public Answer.Immediate error(int status, Duration wait) {
        return inArray(GeminiError.ofStatus(status, Optional.of(wait)));
    }

    @Override
    public Map<String, String> headers(CallFacts facts) {
        return Map.of("server-timing", "gfet4t7; dur=" + facts.processing().toMillis());
    }
}
