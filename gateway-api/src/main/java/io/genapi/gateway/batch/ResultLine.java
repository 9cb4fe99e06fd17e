package io.genapi.gateway.batch;

import io.genapi.gateway.reply.Reply;
import io.genapi.schemas.job.JobId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of a batch's output or error file, with its end:
 * <a href="https://platform.openai.com/docs/api-reference/batch/request-output">OpenAI's request output</a>.
 */
final class ResultLine {

    private static final JsonFactory JSON = new JsonFactory();

    private ResultLine() {}

    /**
     * @param job the request's; OpenAI's {@code request_id} here, so that it can be looked up
     * @param customId empty where the line has none that could be read
     * @param reason why it was not run, if it was not
     */
    static byte[] of(JobId job, Optional<String> customId, LineEnd end, BatchStep.Reason reason) {
        return switch (end) {
            case LineEnd.Answered(Reply reply) -> response(job, customId, reply.httpStatus(), reply.body());
            case LineEnd.Refused(var error) -> response(job, customId, error.status(), error.toJson());
            case LineEnd.NotRun() ->
                switch (reason) {
                    case CANCELLED ->
                        error(
                                job,
                                customId,
                                "batch_cancelled",
                                "This request was not executed because the batch was cancelled.");
                    case EXPIRED ->
                        error(
                                job,
                                customId,
                                "batch_expired",
                                "This request could not be executed before the completion window expired.");
                };
            case LineEnd.Lost() ->
                error(
                        job,
                        customId,
                        "result_unavailable",
                        "This request has ended, but its answer can no longer be told: it was deleted, is older than"
                                + " genapi.kafka.retention, or could not be looked up before the batch ended.");
        };
    }

    private static byte[] response(JobId job, Optional<String> customId, int status, byte[] body) {
        return line(job, customId, json -> {
            json.writeObjectPropertyStart("response");
            json.writeNumberProperty("status_code", status);
            json.writeStringProperty("request_id", job.value());
            json.writeName("body");
            body(json, body);
            json.writeEndObject();
            json.writeNullProperty("error");
        });
    }

    /** As it came, on one line: JSON has no line ends but between its tokens. */
    private static void body(JsonGenerator json, byte[] body) {
        byte[] oneLine = body.clone();
        for (int at = 0; at < oneLine.length; at++) {
            if (oneLine[at] == '\n' || oneLine[at] == '\r') {
                oneLine[at] = ' ';
            }
        }
        json.writeRawValue(new String(oneLine, StandardCharsets.UTF_8));
    }

    private static byte[] error(JobId job, Optional<String> customId, String code, String message) {
        return line(job, customId, json -> {
            json.writeNullProperty("response");
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
            json.writeEndObject();
        });
    }

    private static byte[] line(JobId job, Optional<String> customId, Consumer<JsonGenerator> rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("id", "batch_req_" + job.value().substring("job_".length()));
            json.writeName("custom_id");
            json.writeString(customId.orElse(null));
            rest.accept(json);
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
