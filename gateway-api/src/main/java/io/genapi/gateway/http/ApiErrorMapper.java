package io.genapi.gateway.http;

import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever ends a request's handling into OpenAI's error envelope. */
@RestControllerAdvice
public final class ApiErrorMapper {

    private static final Logger LOG = LoggerFactory.getLogger(ApiErrorMapper.class);

    @ExceptionHandler
    ResponseEntity<byte[]> known(ApiErrorException failure, HttpServletRequest request) {
        return tell(failure.error(), HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> blobs(BlobStoreException failure, HttpServletRequest request) {
        LOG.warn("The blob store does not do what it is asked", failure);
        return tell(FileErrors.of(failure), HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> log(LogUnavailableException failure, HttpServletRequest request) {
        Exchange exchange = Exchange.of(request);
        LOG.atWarn()
                .addKeyValue("request_id", exchange.requestId().value())
                .log(
                        "Files, batches and webhook endpoints are not to be had: {}. {}.",
                        failure.getMessage(),
                        failure.remedy());
        HttpHeaders later = new HttpHeaders();
        later.set(HttpHeaders.RETRY_AFTER, Long.toString(JobAnswers.ASK_AGAIN.toSeconds()));
        return tell(FileErrors.of(failure, exchange.requestId()), later, request);
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    ResponseEntity<byte[]> noSuchPath(HttpServletRequest request) {
        return tell(
                ApiError.invalidRequest(
                        404,
                        "unknown_url",
                        "Unknown request URL: %s %s. Check the path; OpenAI's base URL here ends with /v1."
                                .formatted(request.getMethod(), request.getRequestURI())),
                HttpHeaders.EMPTY,
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrongMethod(HttpRequestMethodNotSupportedException failure, HttpServletRequest request) {
        return tell(
                ApiError.invalidRequest(
                        405,
                        "method_not_allowed",
                        "Not allowed to %s on %s. Send %s."
                                .formatted(
                                        request.getMethod(),
                                        request.getRequestURI(),
                                        String.join(" or ", orNothing(failure.getSupportedMethods())))),
                failure.getHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> undecodableQuery(InvalidParameterException failure, HttpServletRequest request) {
        LOG.debug("A query cannot be decoded", failure);
        return tell(
                ApiError.invalidRequest(
                        400, "invalid_value", "The query cannot be decoded. Send it percent-encoded, in UTF-8."),
                HttpHeaders.EMPTY,
                request);
    }

    /** The caller is gone, or its body broke off; nobody reads an answer. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<byte[]> brokenOff(IOException failure, HttpServletRequest request, HttpServletResponse response) {
        Exchange.of(request).failedWith("connection_broken");
        LOG.debug("The connection of a request broke", failure);
        return response.isCommitted()
                ? null
                : JsonResponse.of(ApiError.invalidRequest(
                        400, "request_incomplete", "The request's body broke off before its end. Send it again."));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> interrupted(InterruptedException failure, HttpServletRequest request) {
        Thread.currentThread().interrupt();
        LOG.debug("A request was interrupted", failure);
        return tell(
                ApiError.server(503, "gateway_stopping", "This gateway stops. Send the request to another gateway."),
                HttpHeaders.EMPTY,
                request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unexpected(Exception failure, HttpServletRequest request) {
        if (failure instanceof ErrorResponse told && told.getStatusCode().is4xxClientError()) {
            String detail = told.getBody().getDetail();
            return tell(
                    ApiError.invalidRequest(
                            told.getStatusCode().value(),
                            "invalid_request",
                            detail == null ? "The request is not understood." : detail),
                    told.getHeaders(),
                    request);
        }
        Exchange exchange = Exchange.of(request);
        LOG.atError()
                .addKeyValue("request_id", exchange.requestId().value())
                .addKeyValue("correlation_id", exchange.correlationId().toString())
                .addKeyValue("job_id", exchange.jobId().map(Object::toString).orElse(""))
                .setCause(failure)
                .log("A request failed unexpectedly");
        return tell(
                ApiError.server(
                        500,
                        "internal_error",
                        "The gateway failed unexpectedly. Its log tells why, under the request id %s."
                                .formatted(exchange.requestId())),
                HttpHeaders.EMPTY,
                request);
    }

    private static ResponseEntity<byte[]> tell(ApiError error, HttpHeaders more, HttpServletRequest request) {
        error.code().ifPresent(Exchange.of(request)::failedWith);
        JsonResponse response = JsonResponse.status(error.status());
        more.forEach((name, values) -> response.header(name, String.join(", ", values)));
        if (UnreadBody.isLeftOf(request)) {
            response.header(HttpHeaders.CONNECTION, "close");
        }
        return response.body(error);
    }

    private static String[] orNothing(String @Nullable [] methods) {
        return methods == null ? new String[0] : methods;
    }
}
