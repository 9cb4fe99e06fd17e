package io.genapi.gateway.responses;

import io.genapi.gateway.responses.request.ResponseRequest;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes chat completions of requests for responses, with what was said before. Thread-safe. */
public final class Conversation {

    private final History history;
    private final int maxBodyBytes;

    /** @param maxBodyBytes of a chat completion, and of what its response repeats */
    public Conversation(ResponseLookup responses, int maxBodyBytes) {
        this.history = new History(responses);
        this.maxBodyBytes = maxBodyBytes;
    }

    /** What a request comes to. */
    public sealed interface Reading {

        /** A chat completion. */
        record Told(ChatRequestBody body) implements Reading {}

        /** It goes on from what is not there, or comes to too much. */
        record Impossible(ApiError error) implements Reading {}

        /**
         * It cannot be told now; asking again may help.
         *
         * @param reason in a sentence without a full stop
         */
        record Unknown(String reason) implements Reading {}
    }

    /** @param viewer for whom there are no responses but its own; empty for who may see all */
    public Reading of(ResponseRequest asked, Optional<TenantId> viewer) throws InterruptedException {
        if (asked.previous().isEmpty()) {
            return body(asked, List.of());
        }
        return switch (history.of(asked.previous().get(), viewer)) {
            case History.Reading.Told(List<JsonNode> messages) -> body(asked, messages);
            case History.Reading.Impossible(ApiError error) -> new Reading.Impossible(error);
            case History.Reading.Unknown(String reason) -> new Reading.Unknown(reason);
        };
    }

    private Reading body(ResponseRequest asked, List<JsonNode> before) {
        byte[] bytes = asked.body(before);
        if (bytes.length + asked.echo().json().getBytes(StandardCharsets.UTF_8).length > maxBodyBytes) {
            return new Reading.Impossible(ApiError.invalidRequest(
                    413,
                    "request_too_large",
                    ("With all that was said before, the request comes to more than %d bytes. Begin anew with a shorter"
                                    + " input, or raise genapi.gateway.max-body-bytes.")
                            .formatted(maxBodyBytes)));
        }
        return switch (ChatRequestReader.read(bytes)) {
            case ChatRequestReading.Invalid(ApiError error) -> new Reading.Impossible(error);
            case ChatRequestReading.Valid(ChatRequestBody body) -> new Reading.Told(body);
        };
    }
}
