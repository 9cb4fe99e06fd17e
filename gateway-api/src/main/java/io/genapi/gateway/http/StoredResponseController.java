package io.genapi.gateway.http;

import io.genapi.gateway.cancel.CancelOutcome;
import io.genapi.gateway.cancel.Cancellations;
import io.genapi.gateway.job.JobDocument;
import io.genapi.gateway.job.Requests;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.gateway.responses.Deletions;
import io.genapi.gateway.responses.GivenItem;
import io.genapi.gateway.responses.GivenItems;
import io.genapi.gateway.responses.ResponseAnswer;
import io.genapi.gateway.responses.ResponseDocument;
import io.genapi.gateway.responses.ResponseId;
import io.genapi.gateway.responses.ResponseLookup;
import io.genapi.gateway.responses.StoredResponse;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OpenAI's responses, for callers that come with the id of one. */
@RestController
public final class StoredResponseController {

    /** Each holds a whole request, which may have 10 MiB and then takes some 100 MB as it is read. */
    private static final int INPUTS_READ_AT_ONCE = 4;

    private static final int USUALLY_LISTED = 20;
    private static final int MOST_LISTED = 100;

    private final Semaphore inputsRead = new Semaphore(INPUTS_READ_AT_ONCE, true);
    private final ResponseLookup responses;
    private final ResponseFollowing following;
    private final Cancellations cancellations;
    private final Deletions deletions;

    public StoredResponseController(
            ResponseLookup responses, ResponseFollowing following, Cancellations cancellations, Deletions deletions) {
        this.responses = responses;
        this.following = following;
        this.cancellations = cancellations;
        this.deletions = deletions;
    }

    /** One response; with {@code stream=true} its events, behind {@code starting_after} where that is given. */
    @GetMapping("/v1/responses/{id}")
    @Nullable
    ResponseEntity<byte[]> find(
            @PathVariable("id") String text, HttpServletRequest request, HttpServletResponse servlet)
            throws InterruptedException {
        boolean stream = flag("stream", request.getParameter("stream"));
        long after = after(request.getParameter("starting_after"), stream);
        return answered(text, request, (response, job) -> {
            if (!stream) {
                JsonResponse answer = JsonResponse.status(200);
                return (job.status().isTerminal() ? answer : answer.retryAfter(JobAnswers.ASK_AGAIN))
                        .body(ResponseDocument.of(response, job));
            }
            if (!response.streamed()) {
                throw invalid(
                        "stream",
                        "The response '%s' was not made with 'stream': true, so it has no events. Ask for it without 'stream'."
                                .formatted(response.id()));
            }
            return following.follow(response, after, job.completedAt(), request, servlet);
        });
    }

    /** What the model was given, a page of it. */
    @GetMapping("/v1/responses/{id}/input_items")
    @Nullable
    ResponseEntity<byte[]> input(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        PageParameters parameters = PageParameters.read(request, USUALLY_LISTED, MOST_LISTED);
        return answered(text, request, (response, _) -> {
            inputsRead.acquire();
            try {
                return input(response, parameters, request);
            } finally {
                inputsRead.release();
            }
        });
    }

    private ResponseEntity<byte[]> input(StoredResponse response, PageParameters parameters, HttpServletRequest request)
            throws InterruptedException {
        return switch (responses.request(response.id(), Exchange.of(request).viewer())) {
            case Requests.Answer.Found(JobRequest job) -> {
                PageParameters.Page<GivenItem> page = parameters.of(
                        GivenItems.of(response, job.body()),
                        Comparator.comparingInt(GivenItem::place).reversed(),
                        GivenItem::id);
                yield JsonResponse.status(200).body(ResponseDocument.of(page.items(), page.more()));
            }
            case Requests.Answer.NotFound _, Requests.Answer.Gone _ ->
                throw ResponseAnswers.notFound(response.id().toString());
            case Requests.Answer.Unknown(String reason) -> JobAnswers.unknown(reason, request);
        };
    }

    /** Ends what runs in the background; what has ended stays as it is, so a cancellation may be sent again. */
    @PostMapping("/v1/responses/{id}/cancel")
    @Nullable
    ResponseEntity<byte[]> cancel(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        return answered(text, request, (response, _) -> {
            if (!response.background()) {
                throw invalid(
                        "response_id",
                        "Cannot cancel a synchronous response. Hang up instead, or make it with 'background': true.");
            }
            return switch (cancellations.cancel(
                    response.id().job(), Exchange.of(request).viewer())) {
                case CancelOutcome.Ended(byte[] document) -> document(response, document);
                case CancelOutcome.Requested(byte[] document) -> document(response, document);
                case CancelOutcome.NotAsked(StoreAnswer.Unknown(String reason)) -> JobAnswers.unknown(reason, request);
                case CancelOutcome.NotAsked _ -> throw ResponseAnswers.notFound(text);
                case CancelOutcome.Unconfirmed(String reason) -> unconfirmed("cancellation", reason, request);
            };
        });
    }

    private static ResponseEntity<byte[]> document(StoredResponse response, byte[] job) {
        return JsonResponse.status(200)
                .body(JobDocument.read(job)
                        .map(read -> ResponseDocument.of(response, read))
                        .orElseGet(() -> ResponseDocument.queued(response)));
    }

    /** Has it handed out no longer, by any gateway. What is not done yet is cancelled. */
    @DeleteMapping("/v1/responses/{id}")
    @Nullable
    ResponseEntity<byte[]> delete(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        return answered(text, request, (response, job) -> switch (deletions.delete(
                response.id(), job, Exchange.of(request).viewer())) {
            case Deletions.Outcome.Deleted() -> JsonResponse.status(200).body(ResponseDocument.deleted(response));
            case Deletions.Outcome.Unconfirmed(String reason) -> unconfirmed("deletion", reason, request);
            case Deletions.Outcome.Unheard() ->
                JobAnswers.unknown("the deletion is durable, but the result store has not heard of it yet", request);
        });
    }

    /** What is done with a response that is there. */
    private interface Use {
        @Nullable
        ResponseEntity<byte[]> of(StoredResponse response, JobDocument job) throws InterruptedException;
    }

    private @Nullable ResponseEntity<byte[]> answered(String text, HttpServletRequest request, Use use)
            throws InterruptedException {
        ResponseId id = ResponseId.parse(text).orElseThrow(() -> ResponseAnswers.notFound(text));
        Exchange exchange = Exchange.of(request);
        exchange.concerns(id.job());
        return switch (responses.find(id, exchange.viewer())) {
            case ResponseAnswer.Found(StoredResponse response, JobDocument job) -> use.of(response, job);
            case ResponseAnswer.NotFound() -> throw ResponseAnswers.notFound(text);
            case ResponseAnswer.Unknown(String reason) -> JobAnswers.unknown(reason, request);
        };
    }

    private static ResponseEntity<byte[]> unconfirmed(String what, String reason, HttpServletRequest request) {
        Exchange.of(request).failedWith("kafka_unavailable");
        return JsonResponse.status(503)
                .retryAfter(JobAnswers.ASK_AGAIN)
                .body(ApiError.server(
                        503,
                        "kafka_unavailable",
                        ("Kafka did not confirm the %s (%s). Check that Kafka runs and is where"
                                        + " genapi.kafka.bootstrap-servers says, then send it again: that is safe.")
                                .formatted(what, reason)));
    }

    private static boolean flag(String name, @Nullable String given) {
        return switch (Optional.ofNullable(given).orElse("false")) {
            case "true" -> true;
            case "false", "" -> false;
            default ->
                throw invalid(name, "Invalid value for '%s'. Send true or false, or leave it out.".formatted(name));
        };
    }

    private static long after(@Nullable String given, boolean stream) {
        if (given == null || given.isEmpty()) {
            return -1;
        }
        if (!stream || !given.matches("[0-9]{1,18}")) {
            throw invalid(
                    "starting_after",
                    "Invalid value for 'starting_after'. Send the sequence_number of an event, with 'stream=true', or leave it out.");
        }
        return Long.parseLong(given);
    }

    private static ApiErrorException invalid(String parameter, String message) {
        return new ApiErrorException(ApiError.invalidRequest(400, "invalid_value", parameter, message));
    }
}
