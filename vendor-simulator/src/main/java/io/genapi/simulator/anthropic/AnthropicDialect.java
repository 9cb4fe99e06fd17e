package io.genapi.simulator.anthropic;

import io.genapi.simulator.anthropic.ParsedMessages.Invalid;
import io.genapi.simulator.anthropic.ParsedMessages.MessagesRequest;
import io.genapi.simulator.dialect.Answer;
import io.genapi.simulator.dialect.CallFacts;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.VendorRequest;
import io.genapi.simulator.model.ChatModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Anthropic's messages, as in its <a href="https://docs.claude.com/en/api/messages">API reference</a>. Pure and
 * thread-safe.
 */
public final class AnthropicDialect implements Dialect {

    private static final String MESSAGES = "/v1/messages";

    /** The version that still takes parameters of sampling. */
    private static final String SAMPLING_VERSION = "2023-06-01";

    private static final List<String> VERSIONS = List.of(SAMPLING_VERSION, "2026-10-21");

    private final Set<String> keys;
    private final List<String> models;
    private final MessagesReader reader = new MessagesReader();
    private final ChatModel model = new ChatModel();

    /**
     * Creates a dialect.
     *
     * @param keys accepted credentials; empty to accept everybody
     * @param models known models; empty to know every one
     */
    public AnthropicDialect(Set<String> keys, List<String> models) {
        this.keys = Set.copyOf(keys);
        this.models = List.copyOf(models);
    }

    @Override
    public boolean serves(String path) {
        return path.equals(MESSAGES) || path.startsWith(MESSAGES + "/");
    }

    @Override
    public Answer answer(VendorRequest request, CallIdentity identity) {
        if (!keys.isEmpty() && !key(request).map(keys::contains).orElse(false)) {
            return AnthropicError.ofStatus(401).answer();
        }
        if (!request.path().equals(MESSAGES) || !request.method().equals("POST")) {
            return AnthropicError.notFound("Not found: " + request.method() + " " + request.path())
                    .answer();
        }
        String version = request.header("anthropic-version").orElse("");
        if (!VERSIONS.contains(version)) {
            return AnthropicError.invalid(
                            version.isEmpty()
                                    ? "anthropic-version: header is required"
                                    : "anthropic-version: \"" + version + "\" is not a valid version")
                    .answer();
        }
        return switch (reader.read(request.body(), version.equals(SAMPLING_VERSION))) {
            case Invalid(var error) -> error.answer();
            case MessagesRequest asked
            when !models.isEmpty() && !models.contains(asked.model()) ->
                AnthropicError.notFound("model: " + asked.model()).answer();
            case MessagesRequest asked -> generated(asked, identity);
        };
    }

    private static Optional<String> key(VendorRequest request) {
        return request.header("x-api-key")
                .or(() -> request.header("authorization")
                        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                        .map(value -> value.substring(7).strip()));
    }

    private Answer generated(MessagesRequest asked, CallIdentity identity) {
        MessageWriter writer = new MessageWriter(asked, model.reply(asked.prompt()), identity);
        String said = asked.prompt().lastUserText();
        return asked.stream()
                ? new Answer.Streamed(asked.model(), said, writer.events())
                : new Answer.Whole(asked.model(), said, writer.message());
    }

    @Override
    public Answer.Immediate error(int status) {
        return AnthropicError.ofStatus(status).answer();
    }

    @Override
    public Map<String, String> headers(CallFacts facts) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("request-id", "req_" + facts.identity().id());
        facts.allowance().ifPresent(allowance -> {
            headers.put("anthropic-ratelimit-requests-limit", Integer.toString(allowance.limit()));
            headers.put("anthropic-ratelimit-requests-remaining", Integer.toString(allowance.remaining()));
            headers.put(
                    "anthropic-ratelimit-requests-reset",
                    facts.identity().created().plus(allowance.untilFull()).toString());
        });
        return headers;
    }
}
