package io.genapi.gateway.http;

import io.genapi.gateway.job.StoreAnswer;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.ResponseEntity;

/** What the store says of one job, as its caller gets it. */
final class JobAnswers {

    static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private JobAnswers() {}

    /** @param id as the caller gave it */
    static ResponseEntity<byte[]> of(StoreAnswer answer, String id, HttpServletRequest request) {
        return switch (answer) {
            case StoreAnswer.Found(byte[] document) -> JsonResponse.status(200).body(document);
            case StoreAnswer.NotFound() -> throw notFound(id);
            case StoreAnswer.Gone(byte[] error) -> JsonResponse.status(410).body(error);
            case StoreAnswer.Unknown(String reason) -> unknown(reason, request);
        };
    }

    static ResponseEntity<byte[]> unknown(String reason, HttpServletRequest request) {
        ApiError error = ApiError.server(
                503,
                "store_unavailable",
                "Jobs cannot be looked up now: %s. Ask again in a second; jobs go on meanwhile.".formatted(reason));
        Exchange.of(request).failedWith("store_unavailable");
        return JsonResponse.status(503).retryAfter(ASK_AGAIN).body(error);
    }

    static ApiErrorException notFound(String id) {
        return new ApiErrorException(ApiError.invalidRequest(
                404,
                "job_not_found",
                "id",
                "No job has the id '%s'. It may never have been accepted here, or its retention is over."
                        .formatted(SentText.excerpt(id))));
    }
}
