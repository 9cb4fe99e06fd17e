package io.genapi.gateway.http;

import static io.genapi.gateway.http.AnswerHeaders.AUTHENTICATE;
import static io.genapi.gateway.http.AnswerHeaders.JOB_ID;
import static io.genapi.gateway.http.AnswerHeaders.LOCATION;
import static io.genapi.gateway.http.AnswerHeaders.RETRY_AFTER;
import static io.genapi.gateway.http.AnswerHeaders.SHOULD_RETRY;
import static io.genapi.gateway.http.AnswerHeaders.VENDOR_SOURCE;

import io.genapi.gateway.openapi.Fault;
import io.genapi.gateway.openapi.ResponseHeader;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.error.JobErrors;
import io.genapi.schemas.job.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may stand in the way of requests, by what they are for. */
final class CommonFaults {

    static final JobId JOB = new JobId("job_01kg9ys7g0fwkvatamf7t7wjj6");

    private static final ResponseHeader[] OF_A_JOB = {JOB_ID, LOCATION, SHOULD_RETRY, VENDOR_SOURCE};

    private CommonFaults() {}

    static Fault wrong(int status, String code, String param, String message) {
        return Fault.of(ApiError.invalidRequest(status, code, param, message));
    }

    static Fault wrong(int status, String code, String message) {
        return Fault.of(ApiError.invalidRequest(status, code, message));
    }

    static Fault busy(String code, String message) {
        return Fault.of(ApiError.server(503, code, message), RETRY_AFTER);
    }

    /** Of whatever request. */
    static List<Fault> everybodys() {
        return List.of(
                wrong(
                        400,
                        "invalid_header",
                        HttpHeaderNames.REQUEST_ID,
                        "Invalid value for header 'X-Request-ID': it has 300 characters. Send 1 to 256 visible ASCII characters, or leave it out."),
                Fault.of(
                        ApiError.server(500, "internal_error", "The gateway failed unexpectedly. Its log tells why.")));
    }

    /** Of what is not for everybody. */
    static List<Fault> callers() {
        return joined(
                everybodys(),
                Fault.of(ApiError.invalidRequest(401, "invalid_api_key", "Incorrect API key provided."), AUTHENTICATE),
                wrong(421, "misdirected_request", "Host", "This gateway is not 'example.org'."),
                wrong(400, "invalid_value", "The query cannot be decoded. Send it percent-encoded, in UTF-8."),
                busy("gateway_stopping", "This gateway stops. Send the request to another gateway."));
    }

    /** Of what the result store is asked for. */
    static List<Fault> stores() {
        return joined(
                callers(),
                busy(
                        "store_unavailable",
                        "Jobs cannot be looked up now. Ask again in a second; jobs go on meanwhile."));
    }

    /** Of what names a job. */
    static List<Fault> jobs() {
        return joined(
                stores(),
                Fault.of(JobAnswers.notFound("job_unheard_of").error()),
                wrong(410, "job_result_expired", "The job has ended, but its result is no longer kept."),
                wrong(410, "job_result_deleted", "The response was deleted."));
    }

    /** Of bodies that are JSON. */
    static List<Fault> bodies() {
        return List.of(
                wrong(
                        400,
                        "invalid_json",
                        "We could not parse the body of your request as JSON. Send one JSON object in UTF-8."),
                wrong(400, "request_incomplete", "The request's body broke off before its end. Send it again."),
                wrong(
                        413,
                        "request_too_large",
                        "The request body may have 10485760 bytes, but it is larger. Send less, or raise genapi.gateway.max-body-bytes."),
                wrong(
                        415,
                        "unsupported_media_type",
                        "Content-Type",
                        "The request has no Content-Type. Send JSON in UTF-8, with the header 'Content-Type: application/json'."),
                wrong(
                        415,
                        "unsupported_content_encoding",
                        "Content-Encoding",
                        "The request's Content-Encoding is 'gzip'. Send the body uncompressed."));
    }

    /** Of what counts against a tenant's limits. */
    static List<Fault> quotas() {
        ApiError limited = new ApiError(
                429,
                "requests",
                Optional.empty(),
                Optional.of("rate_limit_exceeded"),
                "Rate limit reached for 'acme' on requests per minute: limit 60. Please try again in 1.5s.");
        ApiError used = new ApiError(
                429,
                "insufficient_quota",
                Optional.empty(),
                Optional.of("insufficient_quota"),
                "'acme' has used up its tokens of today: limit 1000000. There are new ones in 6m0s, at midnight UTC.");
        List<ResponseHeader> headers = new ArrayList<>(AnswerHeaders.RATE_LIMITS);
        headers.add(RETRY_AFTER);
        headers.add(SHOULD_RETRY);
        return List.of(new Fault(limited, headers), new Fault(used, headers));
    }

    /** Of what makes a job. */
    static List<Fault> submissions() {
        return joined(
                Stream.of(stores(), bodies(), quotas()).flatMap(List::stream).toList(),
                Fault.of(ModelController.noSuchModel("no-such-model"), OF_A_JOB),
                wrong(400, "missing_required_parameter", "model", "Missing required parameter: 'model'."),
                wrong(
                        400,
                        "invalid_value",
                        "messages",
                        "Invalid value for 'messages': it is an empty array. Send at least one message."),
                Fault.of(JobErrors.keyReused(JOB), OF_A_JOB),
                Fault.of(JobErrors.resultExpired(JOB), OF_A_JOB),
                Fault.of(JobErrors.cancelled(0), OF_A_JOB),
                Fault.of(JobErrors.deadlineExceeded(Instant.parse("2026-01-31T12:00:00Z"), 0), OF_A_JOB),
                Fault.of(
                        ApiError.server(503, "kafka_unavailable", "Kafka did not confirm the job."),
                        JOB_ID,
                        LOCATION,
                        RETRY_AFTER),
                namedEndpoints().getFirst(),
                namedEndpoints().getLast(),
                busy("gateway_not_ready", "This gateway receives no results yet. Send the request again in a second."),
                busy(
                        "disk_full",
                        "No job is taken: 12 MiB are free, and genapi.gateway.disk.min-free asks for 512 MiB."),
                busy("too_many_waiting_calls", "4000 calls wait on this gateway. Send the request again later."),
                Fault.of(
                        ApiError.server(503, "gateway_stopping", "This gateway stops before the job has ended."),
                        JOB_ID,
                        LOCATION,
                        SHOULD_RETRY));
    }

    /** Of what may name a webhook endpoint. */
    static List<Fault> namedEndpoints() {
        return List.of(
                wrong(
                        400,
                        "webhook_endpoint_unknown",
                        HttpHeaderNames.WEBHOOK,
                        "Invalid value for header 'Genapi-Webhook': 'we_4f1kg9qs7g0fuvatamf7t7ujj6' is none of your webhook endpoints."),
                wrong(
                        400,
                        "webhook_endpoint_disabled",
                        HttpHeaderNames.WEBHOOK,
                        "Invalid value for header 'Genapi-Webhook': the endpoint 'we_4f1kg9qs7g0fuvatamf7t7ujj6' is disabled (answered 410 Gone)."));
    }

    /** Of what is answered piece by piece, until the first piece is sent; afterwards they are its last event. */
    static List<Fault> streams() {
        StreamErrors errors = StreamErrors.ofJob(JOB);
        return joined(Stream.of(
                        errors.interrupted(),
                        errors.notStreamed(),
                        errors.gone(),
                        errors.timePassed(),
                        errors.noReader(),
                        errors.stopping())
                .map(error -> Fault.of(error, JOB_ID, LOCATION, SHOULD_RETRY, RETRY_AFTER))
                .toList());
    }

    /** Of reads that wait. */
    static Fault tooManyReads() {
        return Fault.of(
                new ApiError(
                        429,
                        "requests",
                        Optional.empty(),
                        Optional.of("rate_limit_exceeded"),
                        "Rate limit reached for 'acme' on polls that wait and streams of jobs: limit 1000 at once."),
                RETRY_AFTER);
    }

    static List<Fault> joined(List<Fault> some, Fault... more) {
        List<Fault> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
