package io.genapi.gateway.http;

import io.genapi.gateway.responses.Conversation;
import io.genapi.gateway.responses.request.ResponseReading;
import io.genapi.gateway.responses.request.ResponseRequest;
import io.genapi.gateway.responses.request.ResponseRequestReader;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads requests for responses, and makes them chat completions. Thread-safe. */
final class ResponseRequests {

    private final RequestBody requestBody;
    private final Conversation conversation;

    /** @param maxBodyBytes of a request */
    ResponseRequests(Conversation conversation, int maxBodyBytes) {
        this.requestBody = new RequestBody(maxBodyBytes);
        this.conversation = conversation;
    }

    /** @throws ApiErrorException if it is malformed, or no chat completion can say it */
    ResponseRequest read(HttpServletRequest request) throws IOException {
        return switch (ResponseRequestReader.read(requestBody.read(request))) {
            case ResponseReading.Valid(ResponseRequest valid) -> valid;
            case ResponseReading.Invalid(ApiError error) -> throw new ApiErrorException(error);
        };
    }

    /** @throws ApiErrorException if it goes on from what is not there, or comes to too much */
    ChatRequestBody body(ResponseRequest asked, Exchange exchange) throws InterruptedException {
        return switch (conversation.of(asked, exchange.viewer())) {
            case Conversation.Reading.Told(ChatRequestBody body) -> {
                if (!exchange.mayName(body.model())) {
                    throw new ApiErrorException(
                            ModelController.noSuchModel(body.model().value()));
                }
                yield body;
            }
            case Conversation.Reading.Impossible(ApiError error) -> throw new ApiErrorException(error);
            case Conversation.Reading.Unknown(String reason) ->
                throw new ApiErrorException(ApiError.server(
                        503,
                        "store_unavailable",
                        "The previous response cannot be looked up now: %s. Send the request again in a second: nothing was taken."
                                .formatted(reason)));
        };
    }
}
