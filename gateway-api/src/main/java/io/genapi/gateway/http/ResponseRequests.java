package io.genapi.gateway.http;

import io.genapi.gateway.responses.History;
import io.genapi.gateway.responses.request.ResponseReading;
import io.genapi.gateway.responses.request.ResponseRequest;
import io.genapi.gateway.responses.request.ResponseRequestReader;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads requests for responses, and makes them chat completions. Thread-safe. */
final class ResponseRequests {

    private final RequestBody requestBody;
    private final History history;
    private final int maxBodyBytes;

    /** @param maxBodyBytes of a request, and of the chat completion that is made of it */
    ResponseRequests(History history, int maxBodyBytes) {
        this.requestBody = new RequestBody(maxBodyBytes);
        this.history = history;
        this.maxBodyBytes = maxBodyBytes;
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
        byte[] bytes = asked.body(history(asked, exchange));
        if (bytes.length + asked.echo().json().getBytes(StandardCharsets.UTF_8).length > maxBodyBytes) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    413,
                    "request_too_large",
                    ("With all that was said before, the request comes to more than %d bytes. Begin anew with a shorter"
                                    + " input, or raise genapi.gateway.max-body-bytes.")
                            .formatted(maxBodyBytes)));
        }
        return switch (ChatRequestReader.read(bytes)) {
            case ChatRequestReading.Invalid(ApiError error) -> throw new ApiErrorException(error);
            case ChatRequestReading.Valid(ChatRequestBody body) -> {
                if (!exchange.mayName(body.model())) {
                    throw new ApiErrorException(
                            ModelController.noSuchModel(body.model().value()));
                }
                yield body;
            }
        };
    }

    private List<JsonNode> history(ResponseRequest asked, Exchange exchange) throws InterruptedException {
        if (asked.previous().isEmpty()) {
            return List.of();
        }
        return switch (history.of(asked.previous().get(), exchange.viewer())) {
            case History.Reading.Told(List<JsonNode> messages) -> messages;
            case History.Reading.Impossible(ApiError error) -> throw new ApiErrorException(error);
            case History.Reading.Unknown(String reason) ->
                throw new ApiErrorException(ApiError.server(
                        503,
                        "store_unavailable",
                        "The previous response cannot be looked up now: %s. Send the request again in a second: nothing was taken."
                                .formatted(reason)));
        };
    }
}
