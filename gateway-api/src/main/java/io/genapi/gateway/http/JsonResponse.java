package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.JobId;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Builds responses whose bodies are JSON that is already bytes. */
final class JsonResponse {

    private final int status;
    private final HttpHeaders headers = new HttpHeaders();

    private JsonResponse(int status) {
        this.status = status;
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setCacheControl("no-store");
    }

    static JsonResponse status(int status) {
        return new JsonResponse(status);
    }

    /** An error as OpenAI's API tells it. */
    static ResponseEntity<byte[]> of(ApiError error) {
        return status(error.status()).body(error.toJson());
    }

    JsonResponse header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /** @param delay at least a second */
    JsonResponse retryAfter(Duration delay) {
        return header(HttpHeaders.RETRY_AFTER, Long.toString(delay.toSeconds()));
    }

    /** Names the job, and where it can be asked for. */
    JsonResponse job(JobId id) {
        return header(HttpHeaderNames.JOB_ID, id.value()).header(HttpHeaders.LOCATION, "/v1/jobs/" + id);
    }

    /** Asks the SDK not to send the request again by itself: the job is durable, and its vendor calls are paid for. */
    JsonResponse doNotRetry() {
        return header(HttpHeaderNames.SHOULD_RETRY, "false");
    }

    ResponseEntity<byte[]> body(byte[] body) {
        return ResponseEntity.status(status).headers(headers).body(body);
    }

    ResponseEntity<byte[]> body(ApiError error) {
        return body(error.toJson());
    }
}
