package io.genapi.gateway.reply;

import io.genapi.gateway.job.JobDocument;
import io.genapi.schemas.job.JobResult;
import io.genapi.schemas.job.JobStatus;
import io.genapi.schemas.job.PublishedRun;
import io.genapi.schemas.job.VendorName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A job's end as its caller gets it.
 *
 * @param vendor who answered
 * @param attempts vendor calls made, which somebody pays for
 * @param published what of the answer was streamed; empty where nothing was, or where it is not told
 * @param completedAt empty where it is not told
 * @param body a completion, or OpenAI's error envelope; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // A body is handed on, never copied or compared.
public record Reply(
        JobStatus status,
        int httpStatus,
        Optional<VendorName> vendor,
        int attempts,
        Optional<PublishedRun> published,
        Optional<Instant> completedAt,
        byte[] body) {

    private static final int NO_STATUS_TOLD = 500;

    public static Reply of(JobResult result) {
        return new Reply(
                result.status(),
                result.httpStatus(),
                result.vendor(),
                result.attempts(),
                result.published(),
                Optional.of(result.completedAt()),
                result.body());
    }

    /** The end that a document tells of; empty while there is none, or none that is complete. */
    public static Optional<Reply> of(JobDocument document) {
        Optional<byte[]> body = document.status() == JobStatus.SUCCEEDED
                ? document.result()
                : document.error().map(Reply::envelope);
        return body.filter(_ -> document.status().isTerminal())
                .map(bytes -> new Reply(
                        document.status(),
                        document.httpStatus().orElse(document.status() == JobStatus.SUCCEEDED ? 200 : NO_STATUS_TOLD),
                        document.vendor(),
                        document.attempts(),
                        Optional.empty(),
                        document.completedAt(),
                        bytes));
    }

    /** The same end, told in other words. */
    public Reply with(byte[] words) {
        return new Reply(status, httpStatus, vendor, attempts, published, completedAt, words);
    }

    private static byte[] envelope(byte[] error) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(error.length + 16);
        bytes.writeBytes("{\"error\":".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(error);
        bytes.write('}');
        return bytes.toByteArray();
    }
}
