package io.genapi.gateway.responses;

import io.genapi.schemas.chat.BodyStub;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.ResponseEcho;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a response is known from its request: the same for as long as there is one.
 *
 * @param model by the caller's name
 * @param streamed whether it can be read as events
 * @param repeated what it repeats of the request; not to be changed
 */
public record StoredResponse(ResponseId id, Instant createdAt, ModelName model, boolean streamed, ObjectNode repeated) {

    public StoredResponse(JobId job, Instant createdAt, ChatRequestBody body, ResponseEcho echo) {
        this(new ResponseId(job), createdAt, body.model(), body.stream(), readOrNone(echo));
    }

    /** One that cannot be read as events. */
    StoredResponse(JobId job, Instant createdAt, ModelName model, ResponseEcho echo) {
        this(new ResponseId(job), createdAt, model, false, readOrNone(echo));
    }

    /** Empty where the job did not come by the Responses API. */
    public static Optional<StoredResponse> of(JobRequest request) {
        return request.responseEcho()
                .flatMap(StoredResponse::read)
                .flatMap(repeated -> asked(request)
                        .map(asked -> new StoredResponse(
                                new ResponseId(request.id()),
                                request.submittedAt(),
                                asked.model(),
                                asked.stream(),
                                repeated)));
    }

    private static Optional<BodyStub> asked(JobRequest request) {
        if (request.claim().isPresent()) {
            return BodyStub.read(request.body());
        }
        return switch (ChatRequestReader.read(request.body())) {
            case ChatRequestReading.Valid(var body) -> Optional.of(BodyStub.of(body));
            case ChatRequestReading.Invalid _ -> Optional.empty();
        };
    }

    private static Optional<ObjectNode> read(ResponseEcho echo) {
        try {
            return JsonMapper.shared().readTree(echo.json().getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode read
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static ObjectNode readOrNone(ResponseEcho echo) {
        return read(echo).orElseGet(JsonMapper.shared()::createObjectNode);
    }

    /** Whether it was asked for in the background. */
    public boolean background() {
        return repeated.path("background").asBoolean(false);
    }

    /** Whether it may be asked for. */
    public boolean kept() {
        return repeated.path("store").asBoolean(true);
    }

    /** Whether its first message is its own instructions, which those that go on from it do not have. */
    boolean instructed() {
        return repeated.path("instructions").isString();
    }
}
