package io.genapi.simulator.gemini;

import io.genapi.simulator.dialect.Answer;
import io.genapi.simulator.dialect.CallFacts;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.VendorRequest;
import io.genapi.simulator.model.ChatModel;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemini's {@code generateContent}, {@code streamGenerateContent} and models, as in its
 * <a href="https://ai.google.dev/api">API reference</a>. Keys are taken from the {@code x-goog-api-key} header only. Pure
 * and thread-safe.
 */
public final class GeminiDialect implements Dialect {

    static final List<String> SOME_MODELS = List.of("gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-flash-preview");

    private static final String MODELS = "/v1beta/models";

    private final Set<String> keys;
    private final List<String> models;
    private final ContentsReader reader = new ContentsReader();
    private final ChatModel model = new ChatModel();

    /**
     * Creates a dialect.
     *
     * @param keys accepted credentials; empty to accept everybody
     * @param models known models; empty to know every one
     */
    public GeminiDialect(Set<String> keys, List<String> models) {
        this.keys = Set.copyOf(keys);
        this.models = List.copyOf(models);
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/v1beta") || path.startsWith("/v1beta/");
    }

    @Override
    public Answer answer(VendorRequest request, CallIdentity identity) {
        if (!keys.isEmpty()) {
            Optional<String> key = request.header("x-goog-api-key");
            if (key.isEmpty()) {
                return GeminiError.missingKey().answer();
            }
            if (!keys.contains(key.get().strip())) {
                return GeminiError.wrongKey().answer();
            }
        }
        String path = request.path();
        if (path.equals(MODELS) && request.method().equals("GET")) {
            return listModels();
        }
        if (path.startsWith(MODELS + "/")) {
            return ofModel(path.substring(MODELS.length() + 1), request, identity);
        }
        return unknown(request);
    }

    private Answer ofModel(String rest, VendorRequest request, CallIdentity identity) {
        int colon = rest.lastIndexOf(':');
        String method = colon < 0 ? "" : rest.substring(colon + 1);
        String name = decoded(colon < 0 ? rest : rest.substring(0, colon));
        boolean generates = method.equals("generateContent") || method.equals("streamGenerateContent");
        if (!(generates && request.method().equals("POST"))
                && !(method.isEmpty() && request.method().equals("GET"))) {
            return unknown(request);
        }
        if (!knows(name)) {
            return GeminiError.unknownModel(name).answer();
        }
        return generates
                ? generate(name, method.startsWith("stream"), request, identity)
                : new Answer.Immediate(200, describe(name).toString());
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return name;
        }
    }

    private static Answer unknown(VendorRequest request) {
        return GeminiError.of(404, "NOT_FOUND", "%s %s is not served here.".formatted(request.method(), request.path()))
                .answer();
    }

    private Answer generate(String name, boolean stream, VendorRequest call, CallIdentity identity) {
        return switch (reader.read(name, call.body())) {
            case GeminiError error -> error.answer();
            case ContentsRequest request -> {
                var writer = new ResponseWriter(name, request, model.reply(request.prompt()), identity);
                String text = request.prompt().lastUserText();
                if (!stream) {
                    yield new Answer.Whole(name, text, writer.response());
                }
                yield call.query().getOrDefault("alt", "json").equals("sse")
                        ? new Answer.Streamed(name, text, writer.events())
                        : new Answer.Whole(name, text, writer.array());
            }
        };
    }

    private boolean knows(String name) {
        return models.isEmpty() || models.contains(name);
    }

    private Answer listModels() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        var data = list.putArray("models");
        (models.isEmpty() ? SOME_MODELS : models).forEach(name -> data.add(describe(name)));
        return new Answer.Immediate(200, list.toString());
    }

    private static ObjectNode describe(String name) {
        ObjectNode model = JsonNodeFactory.instance
                .objectNode()
                .put("name", "models/" + name)
                .put("version", "001")
                .put("displayName", name)
                .put("inputTokenLimit", 1_048_576)
                .put("outputTokenLimit", 65_536);
        model.putArray("supportedGenerationMethods").add("generateContent");
        return model;
    }

    @Override
    public Answer.Immediate error(int status) {
        return GeminiError.ofStatus(status, Optional.empty()).answer();
    }

    @Override
    public Answer.Immediate error(int status, Duration wait) {
        return GeminiError.ofStatus(status, Optional.of(wait)).answer();
    }

    @Override
    public Map<String, String> headers(CallFacts facts) {
        return Map.of("server-timing", "gfet4t7; dur=" + facts.processing().toMillis());
    }
}
