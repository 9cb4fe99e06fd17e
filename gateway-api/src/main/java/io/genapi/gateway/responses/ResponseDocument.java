package io.genapi.gateway.responses;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.responses.request.RequestJson;
import io.genapi.schemas.job.JobStatus;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A response as its caller gets it, in UTF-8. */
public final class ResponseDocument {

    private ResponseDocument() {}

    /** One whose job was accepted a moment ago. */
    public static byte[] queued(StoredResponse response) {
        return written(ResponseObject.of(response, ResponseStatus.QUEUED));
    }

    /** That there is one no longer. */
    public static byte[] deleted(StoredResponse response) {
        return RequestJson.write(RequestJson.object()
                .put("id", response.id().toString())
                .put("object", "response")
                .put("deleted", true));
    }

    /** A page of what a model was given. */
    public static byte[] of(List<GivenItem> page, boolean more) {
        ObjectNode list = RequestJson.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        page.forEach(item -> data.add(item.item().get()));
        list.put("first_id", page.isEmpty() ? null : page.getFirst().id());
        list.put("last_id", page.isEmpty() ? null : page.getLast().id());
        return RequestJson.write(list.put("has_more", more));
    }

    public static byte[] of(StoredResponse response, Reply reply) {
        JsonNode body = read(reply.body());
        return written(
                reply.status() == JobStatus.SUCCEEDED
                        ? ResponseObject.of(response, body, reply.completedAt())
                        : ResponseObject.failed(response, ResponseStatus.of(reply.status()), body.path("error")));
    }

    public static byte[] of(StoredResponse response, JobDocument job) {
        if (!job.status().isTerminal()) {
            return written(ResponseObject.of(response, ResponseStatus.of(job.status())));
        }
        return written(
                job.status() == JobStatus.SUCCEEDED
                        ? ResponseObject.of(
                                response,
                                job.result().map(ResponseDocument::read).orElseGet(MissingNode::getInstance),
                                job.completedAt())
                        : ResponseObject.failed(
                                response,
                                ResponseStatus.of(job.status()),
                                job.error().map(ResponseDocument::read).orElseGet(MissingNode::getInstance)));
    }

    private static JsonNode read(byte[] json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }

    private static byte[] written(ResponseObject response) {
        return RequestJson.write(response.node());
    }
}
