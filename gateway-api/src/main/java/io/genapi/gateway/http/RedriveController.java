package io.genapi.gateway.http;

import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.Requests;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.submit.ResponseMode;
import io.genapi.gateway.submit.SubmissionOutcome;
import io.genapi.gateway.submit.Submissions;
import io.genapi.schemas.chat.ChatRequestBody;
import io.genapi.schemas.chat.ChatRequestReader;
import io.genapi.schemas.chat.ChatRequestReading;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.ModelName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Another go at jobs that have ended without an answer. */
@RestController
public final class RedriveController {

    private final JobLookup jobs;
    private final Requests requests;
    private final Submissions submissions;
    private final Turnstile turnstile;
    private final RedriveBody bodies;
    private final SubmissionHeaders headers;

    /**
     * @param maxBodyBytes of a request
     * @param latestDeadline how far ahead a job's deadline may lie
     */
    public RedriveController(
            JobLookup jobs,
            Requests requests,
            Submissions submissions,
            Turnstile turnstile,
            int maxBodyBytes,
            Duration latestDeadline,
            NamedEndpoint endpoint,
            InstantSource clock) {
        this.jobs = jobs;
        this.requests = requests;
        this.submissions = submissions;
        this.turnstile = turnstile;
        this.bodies = new RedriveBody(maxBodyBytes);
        this.headers = new SubmissionHeaders(new TimeHeaders(latestDeadline, clock), endpoint);
    }

    /** 202 with a new job that names the old one, which stays as it is; the new one's model is another if the body says so. */
    @PostMapping("/v1/jobs/{id}/redrive")
    ResponseEntity<byte[]> redrive(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        JobId id = JobId.parse(text).orElseThrow(() -> JobAnswers.notFound(text));
        Exchange exchange = Exchange.of(request);
        exchange.concerns(id);
        Optional<ModelName> model = bodies.model(request);
        ResponseMode.Async mode = new ResponseMode.Async(Preferences.read(request.getHeaders(HttpHeaderNames.PREFER))
                .patience()
                .orElse(Duration.ZERO));
        try (Turnstile.Pass pass = turnstile.enter(exchange, response)) {
            StoreAnswer answer = jobs.find(id, exchange.viewer(), Duration.ZERO);
            if (!(answer instanceof StoreAnswer.Found(byte[] document))) {
                return JobAnswers.of(answer, text, request);
            }
            requireEndedInVain(id, document);
            return switch (requests.findWhole(id, exchange.viewer())) {
                case Requests.Answer.Found(JobRequest ended) -> {
                    ChatRequestBody body = body(ended, model, exchange);
                    SubmissionOutcome outcome = pass.saw(
                            submissions.submit(headers.redrive(ended, body, model.isPresent(), pass, mode, request)));
                    yield new SubmissionResponses(exchange, mode).of(outcome);
                }
                case Requests.Answer.NotFound() -> throw JobAnswers.notFound(text);
                case Requests.Answer.Gone() ->
                    throw error(410, "job_request_expired", id, "its request is no longer kept. Submit it anew");
                case Requests.Answer.Unknown(String reason) -> JobAnswers.unknown(reason, request);
            };
        }
    }

    private static void requireEndedInVain(JobId id, byte[] document) {
        JobStatus status = JobDocument.read(document).map(JobDocument::status).orElse(JobStatus.QUEUED);
        if (!status.isTerminal()) {
            throw error(
                    409,
                    "job_not_ended",
                    id,
                    "it is %s. Wait for its end, or cancel it first".formatted(status.wireName()));
        }
        if (status == JobStatus.SUCCEEDED) {
            throw error(
                    409, "job_succeeded", id, "it has its answer. Submit the request anew if another one is wanted");
        }
    }

    private static ApiErrorException error(int status, String code, JobId id, String why) {
        return new ApiErrorException(
                ApiError.invalidRequest(status, code, "id", "Job '%s' cannot be redriven: %s.".formatted(id, why)));
    }

    private static ChatRequestBody body(JobRequest ended, Optional<ModelName> model, Exchange exchange) {
        ChatRequestBody body = read(ended.body());
        if (model.isPresent()) {
            body = read(body.withModel(model.get().value()));
        }
        if (!exchange.mayName(body.model())) {
            throw new ApiErrorException(ModelController.noSuchModel(body.model().value()));
        }
        return body;
    }

    /** Over Kafka anything may have come. */
    private static ChatRequestBody read(byte[] bytes) {
        return switch (ChatRequestReader.read(bytes)) {
            case ChatRequestReading.Valid(ChatRequestBody valid) -> valid;
            case ChatRequestReading.Invalid(ApiError error) -> throw new ApiErrorException(error);
        };
    }
}
