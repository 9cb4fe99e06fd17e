package io.genapi.simulator.openai;

import io.genapi.simulator.dialect.Answer;
import io.genapi.simulator.dialect.CallFacts;
import io.genapi.simulator.dialect.CallIdentity;
import io.genapi.simulator.dialect.Dialect;
import io.genapi.simulator.exchange.VendorRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's chat completions at Azure: by deployment with an {@code api-version}, or by the paths of its version 1, as in
 * its <a href="https://learn.microsoft.com/azure/ai-foundry/openai/reference">reference</a>. Pure and thread-safe.
 */
public final class AzureOpenAiDialect implements Dialect {

    private static final Pattern DEPLOYMENT = Pattern.compile("/openai/deployments/([^/]+)/chat/completions");
    private static final JsonMapper JSON = new JsonMapper();

    private final Set<String> keys;
    private final List<String> deployments;
    private final OpenAiDialect openAi;

    /**
     * Creates a dialect.
     *
     * @param keys accepted credentials; empty to accept everybody
     * @param deployments known ones, which Azure calls models; empty to know every one
     */
    public AzureOpenAiDialect(Set<String> keys, List<String> deployments) {
        this.keys = Set.copyOf(keys);
        this.deployments = List.copyOf(deployments);
        this.openAi = new OpenAiDialect(Set.of(), deployments);
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/openai") || path.startsWith("/openai/");
    }

    @Override
    public Answer answer(VendorRequest request, CallIdentity identity) {
        if (!keys.isEmpty() && !keys.contains(key(request))) {
            return error(401);
        }
        if (request.path().startsWith("/openai/v1/")) {
            String path = request.path().substring("/openai".length());
            return filtered(openAi.answer(
                    new VendorRequest(request.method(), path, request.query(), request.headers(), request.body()),
                    identity));
        }
        Matcher deployment = DEPLOYMENT.matcher(request.path());
        if (!deployment.matches() || !request.query().containsKey("api-version")) {
            return new OpenAiError(404, "Resource not found", "invalid_request_error", null, "404").answer();
        }
        String name = deployment.group(1);
        if (!deployments.isEmpty() && !deployments.contains(name)) {
            return new OpenAiError(
                            404,
                            "The API deployment for this resource does not exist.",
                            "invalid_request_error",
                            null,
                            "DeploymentNotFound")
                    .answer();
        }
        return filtered(openAi.answer(
                new VendorRequest(
                        request.method(),
                        "/v1/chat/completions",
                        request.query(),
                        request.headers(),
                        ofDeployment(request.body(), name)),
                identity));
    }

    private static String key(VendorRequest request) {
        return request.header("api-key")
                .or(() -> request.header("authorization").map(value -> value.replaceFirst("(?i)^Bearer +", "")))
                .orElse("");
    }

    /** A body need not name a model where the path names the deployment. */
    private static byte[] ofDeployment(byte[] body, String deployment) {
        try {
            return JSON.readTree(body) instanceof ObjectNode request
                    ? JSON.writeValueAsBytes(request.put("model", deployment))
                    : body;
        } catch (JacksonException notJson) {
            return body;
        }
    }

    /** Every answer tells what the content filter, which finds nothing here, says of it. */
    private static Answer filtered(Answer answer) {
        if (!(answer instanceof Answer.Whole whole)) {
            return answer;
        }
        ObjectNode completion = (ObjectNode) JSON.readTree(whole.body().getBytes(StandardCharsets.UTF_8));
        completion.path("choices").forEach(choice -> safe(((ObjectNode) choice).putObject("content_filter_results")));
        safe(completion
                .putArray("prompt_filter_results")
                .addObject()
                .put("prompt_index", 0)
                .putObject("content_filter_results"));
        return new Answer.Whole(whole.model(), whole.lastUserText(), completion.toString());
    }

    private static void safe(ObjectNode results) {
        for (String category : List.of("hate", "self_harm", "sexual", "violence")) {
            results.putObject(category).put("filtered", false).put("severity", "safe");
        }
    }

    @Override
    public Answer.Immediate error(int status) {
        return status == 401
                ? new OpenAiError(
                                401,
                                "Access denied due to invalid subscription key or wrong API endpoint. Use one of the"
                                        + " keys that the simulator was started with.",
                                "invalid_request_error",
                                null,
                                "401")
                        .answer()
                : openAi.error(status);
    }

    @Override
    public Map<String, String> headers(CallFacts facts) {
        Map<String, String> headers = new LinkedHashMap<>(openAi.headers(facts));
        headers.put("apim-request-id", facts.identity().id());
        headers.put("x-ms-region", "Simulator");
        return headers;
    }
}
