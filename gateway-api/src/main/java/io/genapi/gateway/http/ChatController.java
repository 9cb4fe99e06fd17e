package io.genapi.gateway.http;

import io.genapi.gateway.cancel.AbandonedJobs;
import io.genapi.gateway.stream.FollowOutcome;
import io.genapi.gateway.submit.ResponseMode;
import io.genapi.gateway.submit.SubmissionOutcome;
import io.genapi.gateway.submit.Submissions;
import io.genapi.gateway.submit.Ties;
import io.genapi.runtime.log.SecretMask;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
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
    private final AbandonedJobs abandonedJobs;
    private final Turnstile turnstile;
    private final RequestBody requestBody;
    private final SubmissionHeaders headers;

    /**
     * @param maxBodyBytes of a request
     * @param latestDeadline how far ahead a job's deadline may lie
     */
    public ChatController(
            Submissions submissions,
            AbandonedJobs abandonedJobs,
            Turnstile turnstile,
            int maxBodyBytes,
            Duration latestDeadline,
            NamedEndpoint endpoint,
            InstantSource clock) {
        this.submissions = submissions;
        this.abandonedJobs = abandonedJobs;
        this.turnstile = turnstile;
        this.requestBody = new RequestBody(maxBodyBytes);
        this.headers = new SubmissionHeaders(new TimeHeaders(latestDeadline, clock), endpoint);
    }

    @PostMapping("/v1/chat/completions")
    @Nullable
    ResponseEntity<byte[]> complete(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        ChatRequestBody body = body(request);
        Preferences preferences = Preferences.read(request.getHeaders(HttpHeaderNames.PREFER));
        try (Turnstile.Pass pass = turnstile.enter(Exchange.of(request), response)) {
            return body.stream() && !preferences.respondAsync()
                    ? stream(body, pass, request, response)
                    : answer(body, pass, mode(preferences, request), request);
        }
    }

    private ResponseEntity<byte[]> answer(
            ChatRequestBody body, Turnstile.Pass pass, ResponseMode mode, HttpServletRequest request)
            throws InterruptedException {
        SubmissionOutcome outcome =
                pass.saw(submissions.submit(headers.submission(body, pass, mode, Ties.NONE, request)));
        if (outcome instanceof SubmissionOutcome.CallerLeft(JobRequest job, boolean attached) && !attached) {
            abandonedJobs.abandoned(job);
        }
        return new SubmissionResponses(Exchange.of(request), mode).of(outcome);
    }

    private @Nullable ResponseEntity<byte[]> stream(
            ChatRequestBody body, Turnstile.Pass pass, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        EventStream events = new EventStream(request, response);
        ResponseMode mode = new ResponseMode.Streaming(events::about, StreamRestart.isAgreed(request));
        Exchange exchange = Exchange.of(request);
        StreamResponses responses = new StreamResponses(exchange, events);
        return responses.guarded(() -> switch (pass.saw(
                submissions.submit(headers.submission(body, pass, mode, Ties.NONE, request)))) {
            case SubmissionOutcome.Streamed(JobRequest job, boolean attached, FollowOutcome outcome) -> {
                exchange.concerns(job.id());
                if (outcome instanceof FollowOutcome.Left && !attached) {
                    abandonedJobs.abandoned(job);
                }
                yield responses.ofSubmitted(job.id(), outcome);
            }
            case SubmissionOutcome other -> new SubmissionResponses(exchange, mode).of(other);
        });
    }

    private ChatRequestBody body(HttpServletRequest request) throws IOException {
        byte[] bytes = requestBody.read(request);
        LOG.atDebug()
                .addKeyValue("request_id", Exchange.of(request).requestId().value())
                .log(() -> "Body " + SecretMask.mask(new String(bytes, StandardCharsets.UTF_8)));
        return switch (ChatRequestReader.read(bytes)) {
            case ChatRequestReading.Valid(ChatRequestBody valid) -> allowed(valid, Exchange.of(request));
            case ChatRequestReading.Invalid(ApiError error) -> throw new ApiErrorException(error);
        };
    }

    private static ChatRequestBody allowed(ChatRequestBody body, Exchange exchange) {
        if (!exchange.mayName(body.model())) {
            throw new ApiErrorException(ModelController.noSuchModel(body.model().value()));
        }
        return body;
    }

    private static ResponseMode mode(Preferences preferences, HttpServletRequest request) {
        return preferences.respondAsync()
                ? new ResponseMode.Async(preferences.patience().orElse(Duration.ZERO))
                : new ResponseMode.Waiting(ClientPresence.of(request)::isThere);
    }
}
