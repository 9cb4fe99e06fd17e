package io.genapi.gateway.responses;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.Requests;
import io.genapi.gateway.responses.request.RequestJson;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.text.SentText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was said in earlier responses, for those that go on from them. Thread-safe. */
public final class History {

    private static final String FIELD = "previous_response_id";

    private final ResponseLookup responses;

    /** What came of looking back. */
    public sealed interface Reading {

        /** The messages of all earlier responses, the first one's first, without their instructions. */
        record Told(List<JsonNode> messages) implements Reading {}

        /** Nothing can go on from there. */
        record Impossible(ApiError error) implements Reading {}

        /**
         * It cannot be told now; asking again may help.
         *
         * @param reason in a sentence without a full stop
         */
        record Unknown(String reason) implements Reading {}
    }

    public History(ResponseLookup responses) {
        this.responses = responses;
    }

    /**
     * @param previous the response to go on from, as a caller names it
     * @param viewer for whom there are no jobs but its own; empty for who may see all
     */
    public Reading of(String previous, Optional<TenantId> viewer) throws InterruptedException {
        Optional<ResponseId> id = ResponseId.parse(previous);
        if (id.isEmpty()) {
            return notFound(previous);
        }
        return switch (responses.find(id.get(), viewer)) {
            case ResponseAnswer.Found(StoredResponse response, JobDocument job) -> of(response, job, viewer);
            case ResponseAnswer.NotFound() -> notFound(previous);
            case ResponseAnswer.Unknown(String reason) -> new Reading.Unknown(reason);
        };
    }

    private Reading of(StoredResponse response, JobDocument job, Optional<TenantId> viewer)
            throws InterruptedException {
        if (job.status() != JobStatus.SUCCEEDED || job.result().isEmpty()) {
            return new Reading.Impossible(ApiError.invalidRequest(
                    400,
                    "previous_response_not_completed",
                    FIELD,
                    "Response '%s' is %s: only from one that is completed another one can go on."
                            .formatted(
                                    response.id(),
                                    ResponseStatus.of(job.status()).wireName())));
        }
        return switch (responses.request(response.id(), viewer)) {
            case Requests.Answer.Found(JobRequest request) ->
                told(response, request, job.result().get());
            case Requests.Answer.NotFound _, Requests.Answer.Gone _ ->
                notFound(response.id().toString());
            case Requests.Answer.Unknown(String reason) -> new Reading.Unknown(reason);
        };
    }

    private static Reading told(StoredResponse response, JobRequest request, byte[] completion) {
        try {
            List<JsonNode> messages = new ArrayList<>();
            RequestJson.read(request.body()).path("messages").forEach(messages::add);
            if (response.instructed() && !messages.isEmpty()) {
                messages.removeFirst();
            }
            JsonNode said = RequestJson.read(completion).path("choices").path(0).path("message");
            if (said instanceof ObjectNode message) {
                messages.add(asInput(message));
            }
            return new Reading.Told(messages);
        } catch (JacksonException malformed) {
            return notFound(response.id().toString());
        }
    }

    /** What vendors answer has members that they do not take back. */
    private static ObjectNode asInput(ObjectNode answer) {
        ObjectNode message = RequestJson.object().put("role", "assistant");
        message.set("content", answer.path("content").isString() ? answer.get("content") : RequestJson.nothing());
        for (String member : new String[] {"refusal", "tool_calls"}) {
            JsonNode value = answer.path(member);
            if (!value.isNull() && !value.isMissingNode() && !(value.isArray() && value.isEmpty())) {
                message.set(member, value);
            }
        }
        return message;
    }

    private static Reading notFound(String previous) {
        return new Reading.Impossible(ApiError.invalidRequest(
                400,
                "previous_response_not_found",
                FIELD,
                "Previous response with id '%s' not found. It may be of another key, deleted, made with 'store': false, or older than the retention: send what was said as input."
                        .formatted(SentText.excerpt(previous))));
    }
}
