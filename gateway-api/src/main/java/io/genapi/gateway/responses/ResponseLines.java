package io.genapi.gateway.responses;

import io.genapi.gateway.batch.ChatLines;
import io.genapi.gateway.batch.LineForm;
import io.genapi.gateway.job.Pause;
import io.genapi.gateway.reply.Reply;
import io.genapi.gateway.responses.request.ResponseReading;
import io.genapi.gateway.responses.request.ResponseRequest;
import io.genapi.gateway.responses.request.ResponseRequestReader;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.ModelName;
import io.genapi.schemas.job.TenantId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Requests of a batch for responses: each can be asked for by its own id, too. */
public final class ResponseLines implements LineForm {

    public static final String ENDPOINT = "/v1/responses";

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final ResponseLookup responses;
    private final Conversation conversation;
    private final Pause pause;

    public ResponseLines(ResponseLookup responses, Conversation conversation, Pause pause) {
        this.responses = responses;
        this.conversation = conversation;
        this.pause = pause;
    }

    @Override
    public Optional<ApiError> objection(byte[] request) {
        return switch (ResponseRequestReader.read(request)) {
            case ResponseReading.Invalid(ApiError error) -> Optional.of(error);
            case ResponseReading.Valid(ResponseRequest asked) when asked.stream() -> Optional.of(ChatLines.noStream());
            case ResponseReading.Valid(ResponseRequest asked)
            when asked.background() ->
                Optional.of(ApiError.invalidRequest(
                        400,
                        "unsupported_parameter",
                        "background",
                        "Nobody waits for a batch's requests: they run in the background as they are. Leave"
                                + " 'background' out, or send false."));
            case ResponseReading.Valid _ -> Optional.empty();
        };
    }

    @Override
    public boolean reachesBack(byte[] request) {
        return ResponseRequestReader.read(request) instanceof ResponseReading.Valid(ResponseRequest asked)
                && asked.previous().isPresent();
    }

    @Override
    public Reading read(byte[] request, TenantId tenant) throws InterruptedException {
        return switch (ResponseRequestReader.read(request)) {
            case ResponseReading.Invalid(ApiError error) -> new Reading.Refused(error);
            case ResponseReading.Valid(ResponseRequest asked) ->
                switch (conversation.of(asked, Optional.of(tenant))) {
                    case Conversation.Reading.Told(ChatRequestBody body) ->
                        new Reading.Valid(body.bytes(), Optional.of(asked.echo()));
                    case Conversation.Reading.Impossible(ApiError error) -> new Reading.Refused(error);
                    case Conversation.Reading.Unknown(String reason) -> new Reading.Unknown(reason);
                };
        };
    }

    /** Made of what is known here of the request, else of the request as Kafka has it. */
    @Override
    public Optional<byte[]> answer(JobId job, Optional<Handed> handed, Reply answer, BooleanSupplier inHaste)
            throws InterruptedException {
        Optional<StoredResponse> response =
                handed.map(known -> new StoredResponse(job, known.at(), new ModelName(known.model()), known.echo()));
        return (response.isPresent() ? response : submitted(job, inHaste))
                .map(found -> ResponseDocument.of(found, answer));
    }

    private Optional<StoredResponse> submitted(JobId job, BooleanSupplier inHaste) throws InterruptedException {
        while (true) {
            switch (responses.submitted(job)) {
                case Submitted.Found(StoredResponse response) -> {
                    return Optional.of(response);
                }
                case Submitted.None() -> {
                    return Optional.empty();
                }
                case Submitted.Unknown(var _) -> {
                    if (inHaste.getAsBoolean()) {
                        return Optional.empty();
                    }
                    pause.rest(ASK_AGAIN);
                }
            }
        }
    }
}
