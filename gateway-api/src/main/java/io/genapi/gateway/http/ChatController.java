package io.genapi.gateway.http;

import io.genapi.gateway.submit.ChatSubmission;
import io.genapi.gateway.submit.ResponseMode;
import io.genapi.gateway.submit.Submissions;
import io.genapi.runtime.log.SecretMask;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.VendorName;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's chat completions. */
@RestController
public final class ChatController {

    private static final Logger LOG = LoggerFactory.getLogger(ChatController.class);

    private final Submissions submissions;
    private final RequestBody requestBody;

    /** @param maxBodyBytes of a request */
    public ChatController(Submissions submissions, int maxBodyBytes) {
        this.submissions = submissions;
        this.requestBody = new RequestBody(maxBodyBytes);
    }

    @PostMapping("/v1/chat/completions")
    ResponseEntity<byte[]> complete(HttpServletRequest request) throws IOException, InterruptedException {
        Exchange exchange = Exchange.of(request);
        ChatRequestBody body = body(request);
        ResponseMode mode = mode(request);
        ChatSubmission submission = new ChatSubmission(
                body,
                exchange.correlationId(),
                exchange.requestId(),
                vendor(request.getParameter("vendor")),
                orderingKey(request.getHeader(HttpHeaderNames.ORDERING_KEY)),
                mode);
        return new SubmissionResponses(exchange, mode).of(submissions.submit(submission));
    }

    private ChatRequestBody body(HttpServletRequest request) throws IOException {
        byte[] bytes = requestBody.read(request);
        LOG.atDebug()
                .addKeyValue("request_id", Exchange.of(request).requestId().value())
                .log(() -> "Body " + SecretMask.mask(new String(bytes, StandardCharsets.UTF_8)));
        ChatRequestBody body = switch (ChatRequestReader.read(bytes)) {
            case ChatRequestReading.Valid(ChatRequestBody valid) -> valid;
            case ChatRequestReading.Invalid(ApiError error) -> throw new ApiErrorException(error);
        };
        if (body.stream()) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    400,
                    "unsupported_parameter",
                    "stream",
                    "Unsupported value for 'stream': this version does not stream. Leave it out, or send false."));
        }
        return body;
    }

    private static ResponseMode mode(HttpServletRequest request) {
        Preferences preferences = Preferences.read(request.getHeaders(HttpHeaderNames.PREFER));
        return preferences.respondAsync()
                ? new ResponseMode.Async(preferences.patience().orElse(Duration.ZERO))
                : new ResponseMode.Waiting();
    }

    private static Optional<VendorName> vendor(@Nullable String given) {
        if (given == null) {
            return Optional.empty();
        }
        if (!given.matches("[\\x21-\\x7e]{1,64}")) {
            throw new ApiErrorException(
                    ApiError.invalidRequest(
                            400,
                            "invalid_value",
                            "vendor",
                            "Invalid value for 'vendor': send the name of a vendor of this broker's catalog, or leave it out."));
        }
        return Optional.of(new VendorName(given));
    }

    private static Optional<String> orderingKey(@Nullable String given) {
        Optional<String> key = Optional.ofNullable(given);
        key.flatMap(value -> GivenId.error(HttpHeaderNames.ORDERING_KEY, value)).ifPresent(error -> {
            throw new ApiErrorException(error);
        });
        return key;
    }
}
