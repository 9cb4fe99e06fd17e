package io.genapi.gateway.responses;

import io.genapi.gateway.responses.OpenContent.Kind;
import io.genapi.gateway.responses.OpenContent.PartKind;
import io.genapi.schemas.job.JobStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Makes <a href="https://platform.openai.com/docs/api-reference/responses-streaming">a response's events</a> of the pieces
 * of its job's answer. The same pieces make the same events, whoever reads them and when. Not thread-safe.
 */
public final class ResponseEvents {

    private final StoredResponse response;
    private final EventSequence events = new EventSequence();
    private final List<OpenItem> items = new ArrayList<>();
    private final Map<Integer, OpenCall> calls = new HashMap<>();
    private @Nullable OpenContent speaking;
    private JsonNode usage = MissingNode.getInstance();
    private JsonNode tier = MissingNode.getInstance();
    private Optional<String> incomplete = Optional.empty();
    private int messages;
    private int thoughts;

    public ResponseEvents(StoredResponse response) {
        this.response = response;
    }

    /** The number of the last event that comes whatever the answer is. */
    public static long lastBeforePieces(StoredResponse response) {
        return response.background() ? 2 : 1;
    }

    /** What comes first, whatever follows. */
    public List<ResponseEvent> begin() {
        ResponseStatus first = response.background() ? ResponseStatus.QUEUED : ResponseStatus.IN_PROGRESS;
        tell("response.created", first);
        if (response.background()) {
            tell("response.queued", ResponseStatus.QUEUED);
        }
        return events.take();
    }

    /** What comes as soon as the job is at work: with its first piece, or its end. */
    public List<ResponseEvent> progress() {
        tell("response.in_progress", ResponseStatus.IN_PROGRESS);
        return events.take();
    }

    /** @param json a {@code chat.completion.chunk} */
    public List<ResponseEvent> piece(byte[] json) {
        JsonNode chunk = read(json);
        if (chunk.path("usage").isObject()) {
            usage = chunk.path("usage");
        }
        if (chunk.path("service_tier").isString()) {
            tier = chunk.path("service_tier");
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                choice(choice);
            }
        }
        return events.take();
    }

    private static JsonNode read(byte[] json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }

    private void choice(JsonNode choice) {
        JsonNode delta = choice.path("delta");
        ArrayNode none = JsonNodeFactory.instance.arrayNode();
        text(delta, "reasoning_content")
                .ifPresent(thought -> speaker(Kind.REASONING).say(PartKind.REASONING_TEXT, thought, none));
        text(delta, "content")
                .ifPresent(text -> speaker(Kind.MESSAGE)
                        .say(PartKind.OUTPUT_TEXT, text, OutputItems.logprobs(choice.path("logprobs"))));
        text(delta, "refusal").ifPresent(text -> speaker(Kind.MESSAGE).say(PartKind.REFUSAL, text, none));
        delta.path("tool_calls").forEach(this::call);
        incomplete = incomplete.or(() -> OutputItems.incompleteReason(choice.path("finish_reason")));
    }

    private static Optional<String> text(JsonNode delta, String name) {
        return Optional.of(delta.path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> !text.isEmpty());
    }

    /** Who speaks goes on until something else comes. */
    private OpenContent speaker(Kind kind) {
        OpenContent now = speaking;
        if (now != null && now.kind() == kind) {
            return now;
        }
        closeLast();
        String id = kind == Kind.MESSAGE
                ? numbered(OutputItems.messageId(response.id()), messages++)
                : numbered(OutputItems.reasoningId(response.id()), thoughts++);
        OpenContent next = new OpenContent(events, kind, id, items.size());
        items.add(next);
        speaking = next;
        return next;
    }

    private static String numbered(String id, int number) {
        return number == 0 ? id : id + "_" + number;
    }

    private void call(JsonNode delta) {
        JsonNode function = delta.path("function");
        int index = delta.path("index").asInt(calls.size());
        OpenCall call = calls.get(index);
        if (call == null) {
            closeLast();
            call = new OpenCall(
                    events,
                    OutputItems.functionCallId(response.id(), calls.size()),
                    items.size(),
                    delta.path("id").asString(""),
                    function.path("name").asString(""));
            calls.put(index, call);
            items.add(call);
            speaking = null;
        }
        text(function, "arguments").ifPresent(call::argue);
    }

    private void closeLast() {
        if (!items.isEmpty()) {
            items.getLast().close(ResponseStatus.COMPLETED);
        }
    }

    /** The answer is whole. */
    public List<ResponseEvent> succeeded() {
        ResponseStatus status = incomplete.isPresent() ? ResponseStatus.INCOMPLETE : ResponseStatus.COMPLETED;
        closeAll(status);
        end("response." + status.wireName(), ResponseObject.of(response, status).incomplete(incomplete), status);
        return events.take();
    }

    /**
     * The job ended without an answer. OpenAI has no event of its own for what was cancelled.
     *
     * @param envelope OpenAI's, of the error
     */
    public List<ResponseEvent> failed(JobStatus end, byte[] envelope) {
        closeAll(ResponseStatus.INCOMPLETE);
        ResponseStatus status = ResponseStatus.of(end);
        end(
                "response.failed",
                ResponseObject.failed(response, status, read(envelope).path("error")),
                ResponseStatus.INCOMPLETE);
        return events.take();
    }

    /** Only what is cut off is incomplete. */
    private void closeAll(ResponseStatus last) {
        for (OpenItem item : items) {
            item.close(item == items.getLast() ? last : ResponseStatus.COMPLETED);
        }
    }

    private void end(String type, ResponseObject end, ResponseStatus last) {
        ArrayNode output = JsonNodeFactory.instance.arrayNode();
        for (OpenItem item : items) {
            output.add(item.item(item == items.getLast() ? last : ResponseStatus.COMPLETED));
        }
        events.add(type)
                .set("response", end.output(output).tier(tier).usage(usage).node());
    }

    private void tell(String type, ResponseStatus status) {
        events.add(type).set("response", ResponseObject.of(response, status).node());
    }
}
