package io.genapi.gateway.http;

import io.genapi.gateway.cancel.CancelOutcome;
import io.genapi.gateway.cancel.Cancellations;
import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends jobs that their callers no longer want. */
@RestController
public final class CancelController {

    private final Cancellations cancellations;

    public CancelController(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    /** 200 with the job's end, whichever it is; 202 with the job as it stands where that takes longer. */
    @PostMapping("/v1/jobs/{id}/cancel")
    ResponseEntity<byte[]> cancel(@PathVariable("id") String text, HttpServletRequest request)
            throws InterruptedException {
        JobId id = JobId.parse(text).orElseThrow(() -> JobAnswers.notFound(text));
        Exchange exchange = Exchange.of(request);
        exchange.concerns(id);
        return switch (cancellations.cancel(id, exchange.viewer())) {
            case CancelOutcome.Ended(byte[] document) ->
                JsonResponse.status(200).body(document);
            case CancelOutcome.Requested(byte[] document) ->
                JsonResponse.status(202)
                        .job(id)
                        .retryAfter(JobAnswers.ASK_AGAIN)
                        .body(document);
            case CancelOutcome.NotAsked(StoreAnswer answer) -> JobAnswers.of(answer, text, request);
            case CancelOutcome.Unconfirmed(String reason) -> unconfirmed(id, reason, request);
        };
    }

    private static ResponseEntity<byte[]> unconfirmed(JobId id, String reason, HttpServletRequest request) {
        Exchange.of(request).failedWith("kafka_unavailable");
        return JsonResponse.status(503)
                .job(id)
                .retryAfter(JobAnswers.ASK_AGAIN)
                .body(ApiError.server(
                        503,
                        "kafka_unavailable",
                        ("Kafka did not confirm the cancellation (%s). Check that Kafka runs and is where"
                                        + " genapi.kafka.bootstrap-servers says, then send it again: that is safe.")
                                .formatted(reason)));
    }
}
