package io.genapi.gateway.http;

import io.genapi.gateway.file.FileShelf;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.runtime.blob.BlobStoreFullException;
import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.job.RequestId;
import io.genapi.schemas.text.SentText;
import java.util.Optional;

/** What stands in the way of files and batches, in OpenAI's envelope. */
final class FileErrors {

    private static final String AWAY =
            "Files, batches and webhook endpoints are not to be had at the moment. Send the request again; where it takes an"
                    + " 'Idempotency-Key', that makes it safe.";

    private static final String DOUBTFUL =
            "Webhook endpoints cannot be changed at the moment, and this change may have been made all the same. Look first:"
                    + " GET /v1/webhook_endpoints lists them, and 'updated_at' tells when one was changed or its secret was"
                    + " rotated. Send the request again only if it was not made.";

    private FileErrors() {}

    /** @throws ApiErrorException if this gateway has no place for files */
    static <T> T present(Optional<T> service) {
        return service.orElseThrow(() -> new ApiErrorException(ApiError.server(
                501,
                "no_blob_store",
                "This gateway has no place for files. Set genapi.blob.directory to a directory that all gateways share, or"
                        + " genapi.blob.s3.bucket to a bucket.")));
    }

    static ApiErrorException noSuchFile(String id) {
        return new ApiErrorException(ApiError.invalidRequest(
                404, "file_not_found", "id", "No such File object: %s".formatted(SentText.excerpt(id))));
    }

    static ApiErrorException tooLarge(FileShelf.Limits limits) {
        return new ApiErrorException(ApiError.invalidRequest(
                413,
                "request_too_large",
                "file",
                "A file may have %d bytes, and this one is larger. Split it, or raise genapi.gateway.batch.max-file-bytes."
                        .formatted(limits.maxBytes())));
    }

    static ApiErrorException tooSlow(FileShelf.Limits limits) {
        return new ApiErrorException(ApiError.invalidRequest(
                408,
                "upload_too_slow",
                "file",
                "The file did not come within %s (genapi.gateway.batch.upload-patience). Send it again over a faster connection."
                        .formatted(limits.uploadPatience())));
    }

    static ApiErrorException missing(String field) {
        return new ApiErrorException(ApiError.invalidRequest(
                400, "missing_required_parameter", field, "Missing required parameter: '%s'.".formatted(field)));
    }

    static ApiErrorException keyReused(String what, String id) {
        return new ApiErrorException(ApiError.invalidRequest(
                422,
                "idempotency_key_reused",
                HttpHeaderNames.IDEMPOTENCY_KEY,
                "The idempotency key stands for another %s already, %s. Use a new key for each of them."
                        .formatted(what, id)));
    }

    static ApiErrorException tooMany(String what, int limit, String remedy) {
        return new ApiErrorException(new ApiError(
                429,
                "requests",
                Optional.empty(),
                Optional.of("rate_limit_exceeded"),
                "There are %d %s, as many as there may be of one tenant. %s".formatted(limit, what, remedy)));
    }

    static ApiError of(BlobStoreException failure) {
        return failure instanceof BlobStoreFullException
                ? ApiError.server(507, "disk_full", String.valueOf(failure.getMessage()))
                : ApiError.server(503, "blob_store_unavailable", String.valueOf(failure.getMessage()));
    }

    /** Of which operators find the reason in the log. */
    static ApiError of(LogUnavailableException failure, RequestId request) {
        return ApiError.server(
                503,
                "kafka_unavailable",
                "%s The gateway's log tells why, under the request id %s."
                        .formatted(failure.mayBeMade() ? DOUBTFUL : AWAY, request));
    }
}
