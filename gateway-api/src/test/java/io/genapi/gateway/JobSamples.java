package io.genapi.gateway;

import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import java.time.Instant;

/** Job documents, as the result store writes them. */
final class JobSamples {

    private JobSamples() {}

    static String running(JobId id) {
        return document(id, JobStatus.RUNNING, "null", "null", 1, "null", "");
    }

    /** With an answer that says nothing. */
    static String succeeded(JobId id, Instant at) {
        return ended(id, JobStatus.SUCCEEDED, at, 1, 200, "\"result\":{\"object\":\"chat.completion\",\"choices\":[]}");
    }

    static String cancelled(JobId id) {
        return ended(
                id,
                JobStatus.CANCELLED,
                Instant.EPOCH,
                0,
                499,
                "\"error\":{\"message\":\"\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"job_cancelled\"}");
    }

    /** @param end the member that says how it ended */
    static String ended(JobId id, JobStatus status, Instant at, int attempts, int httpStatus, String end) {
        return document(
                id, status, "\"store-told\"", "\"" + at + "\"", attempts, Integer.toString(httpStatus), "," + end);
    }

    private static String document(
            JobId id,
            JobStatus status,
            String vendor,
            String completedAt,
            int attempts,
            String httpStatus,
            String end) {
        return """
                {"id":"%s","object":"job","status":"%s","lane":"default","model":"gpt-4o-mini","vendor":%s,\
                "vendor_request_id":null,"tenant":"default","correlation_id":"order-7","request_id":"r",\
                "created_at":"2026-01-31T12:00:00Z","started_at":"2026-01-31T12:00:01Z","completed_at":%s,"deadline":null,\
                "attempts":%d,"usage":null,"cost_usd":null,"queued_ms":null,"vendor_ms":null,"http_status":%s,\
                "last_error":null%s}""".formatted(id, status.wireName(), vendor, completedAt, attempts, httpStatus, end);
    }
}
