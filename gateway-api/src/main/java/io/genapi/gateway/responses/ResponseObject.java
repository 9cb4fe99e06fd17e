package io.genapi.gateway.responses;

import io.genapi.schemas.error.ApiError;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The response object of <a href="https://platform.openai.com/docs/api-reference/responses/object">OpenAI's
 * reference</a>.
 */
final class ResponseObject {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode node;

    private ResponseObject(ObjectNode node) {
        this.node = node;
    }

    /** One that nothing has come of so far. */
    static ResponseObject of(StoredResponse response, ResponseStatus status) {
        ObjectNode node = JSON.objectNode()
                .put("id", response.id().toString())
                .put("object", "response")
                .put("created_at", response.createdAt().getEpochSecond())
                .putNull("completed_at")
                .put("status", status.wireName())
                .putNull("error")
                .putNull("incomplete_details")
                .put("model", response.model().value());
        node.putArray("output");
        response.repeated().properties().forEach(member -> node.set(member.getKey(), member.getValue()));
        node.putNull("usage");
        return new ResponseObject(node);
    }

    /**
     * @param completion a {@code chat.completion}
     * @param completedAt empty where it is not told
     */
    static ResponseObject of(StoredResponse response, JsonNode completion, Optional<Instant> completedAt) {
        Optional<String> incomplete =
                OutputItems.incompleteReason(completion.path("choices").path(0).path("finish_reason"));
        return of(response, incomplete.isPresent() ? ResponseStatus.INCOMPLETE : ResponseStatus.COMPLETED)
                .completed(incomplete.isPresent() ? Optional.empty() : completedAt)
                .incomplete(incomplete)
                .output(OutputItems.of(response.id(), completion))
                .tier(completion.path("service_tier"))
                .usage(completion.path("usage"));
    }

    /** @param error OpenAI's, without its envelope; what was cancelled has none */
    static ResponseObject failed(StoredResponse response, ResponseStatus status, JsonNode error) {
        ResponseObject failed = of(response, status);
        if (status == ResponseStatus.FAILED) {
            failed.node.set("error", error(error));
        }
        return failed;
    }

    /** OpenAI's codes of failed responses are fewer than those of its errors, but its clients bear others. */
    private static ObjectNode error(JsonNode error) {
        String code = Stream.of("code", "type")
                .map(error::path)
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .findFirst()
                .orElse("server_error");
        return JSON.objectNode()
                .put("code", code)
                .put("message", error.path("message").asString("The response failed."));
    }

    static JsonNode error(ApiError error) {
        return JSON.objectNode().put("code", error.code().orElse(error.type())).put("message", error.message());
    }

    private ResponseObject completed(Optional<Instant> at) {
        at.ifPresent(time -> node.put("completed_at", time.getEpochSecond()));
        return this;
    }

    ResponseObject incomplete(Optional<String> reason) {
        reason.ifPresent(why -> node.putObject("incomplete_details").put("reason", why));
        return this;
    }

    ResponseObject output(ArrayNode items) {
        node.set("output", items);
        return this;
    }

    /** Which tier served it, where the vendor says so. */
    ResponseObject tier(JsonNode tier) {
        if (tier.isString()) {
            node.set("service_tier", tier);
        }
        return this;
    }

    /** @param chat usage as a chat completion counts it; none where nobody counted */
    ResponseObject usage(JsonNode chat) {
        if (chat.isObject()) {
            node.set("usage", translated(chat));
        }
        return this;
    }

    private static ObjectNode translated(JsonNode chat) {
        JsonNode prompt = chat.path("prompt_tokens_details");
        JsonNode completion = chat.path("completion_tokens_details");
        long input = chat.path("prompt_tokens").asLong(0);
        long output = chat.path("completion_tokens").asLong(0);
        ObjectNode usage = JSON.objectNode().put("input_tokens", input);
        usage.putObject("input_tokens_details")
                .put("cached_tokens", prompt.path("cached_tokens").asLong(0))
                .put("cache_write_tokens", prompt.path("cache_write_tokens").asLong(0));
        usage.put("output_tokens", output);
        usage.putObject("output_tokens_details")
                .put("reasoning_tokens", completion.path("reasoning_tokens").asLong(0));
        return usage.put("total_tokens", chat.path("total_tokens").asLong(input + output));
    }

    ObjectNode node() {
        return node;
    }
}
