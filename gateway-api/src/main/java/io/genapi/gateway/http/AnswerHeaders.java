package io.genapi.gateway.http;

import io.genapi.gateway.openapi.ResponseHeader;
import io.genapi.gateway.openapi.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** The headers of responses, as the API's document tells them. */
final class AnswerHeaders {

    private static final ResponseHeader REQUEST_ID =
            new ResponseHeader(HttpHeaderNames.REQUEST_ID, "The request's, as it was given or minted.", Shape.text());

    private static final ResponseHeader CORRELATION_ID = new ResponseHeader(
            HttpHeaderNames.CORRELATION_ID, "The caller's, as it was given or minted.", Shape.text());

    private static final ResponseHeader CACHE_CONTROL = new ResponseHeader(
            HttpHeaders.CACHE_CONTROL,
            "How long the answer may be kept: `no-store` for all that is of jobs.",
            Shape.text());

    static final ResponseHeader JOB_ID = new ResponseHeader(
            HttpHeaderNames.JOB_ID, "The job that the answer is of.", Shape.text("^job_[0-7][0-9a-hjkmnp-tv-z]{25}$"));

    static final ResponseHeader LOCATION = new ResponseHeader(
            HttpHeaders.LOCATION, "Where the job, or the response, can be asked for.", Shape.text("^/v1/"));

    static final ResponseHeader PREFERENCE_APPLIED = new ResponseHeader(
            HttpHeaderNames.PREFERENCE_APPLIED, "What of `Prefer` was done, as RFC 7240 has it.", Shape.text());

    static final ResponseHeader RETRY_AFTER = new ResponseHeader(
            HttpHeaders.RETRY_AFTER, "After how many seconds it is worth asking again.", Shape.wholeNumber(1));

    static final ResponseHeader SHOULD_RETRY = new ResponseHeader(
            HttpHeaderNames.SHOULD_RETRY,
            "`false` keeps OpenAI's SDKs from sending a request again that somebody already pays for.",
            Shape.oneOf(List.of("false")));

    static final ResponseHeader VENDOR_SOURCE = new ResponseHeader(
            HttpHeaderNames.VENDOR_SOURCE, "The vendor that answered, or was asked last.", Shape.text());

    static final ResponseHeader AUTHENTICATE = new ResponseHeader(
            HttpHeaders.WWW_AUTHENTICATE, "That a key is wanted, as RFC 6750 has it.", Shape.text("^Bearer"));

    static final ResponseHeader DISPOSITION = new ResponseHeader(
            HttpHeaders.CONTENT_DISPOSITION,
            "That browsers are to keep it, not to show it.",
            Shape.oneOf(List.of("attachment")));

    static final ResponseHeader ETAG =
            new ResponseHeader(HttpHeaders.ETAG, "Which edition of the document this is.", Shape.text());

    static final ResponseHeader ACCEL_BUFFERING = new ResponseHeader(
            "X-Accel-Buffering", "Has proxies pass events on as they come.", Shape.oneOf(List.of("no")));

    /** What a tenant has left of its limits, where it has some. */
    static final List<ResponseHeader> RATE_LIMITS = Stream.of("requests", "tokens")
            .flatMap(what -> Stream.of(
                    new ResponseHeader(
                            "x-ratelimit-limit-" + what, "The tenant's limit of " + what + ".", Shape.wholeNumber(0)),
                    new ResponseHeader(
                            "x-ratelimit-remaining-" + what, "What is left of its " + what + ".", Shape.wholeNumber(0)),
                    new ResponseHeader(
                            "x-ratelimit-reset-" + what,
                            "In which time there are all of its " + what + " again, such as `1.5s` or `6m0s`.",
                            Shape.text("^([0-9]+h)?([0-9]+m)?([0-9.]+s|[0-9]+ms)$"))))
            .toList();

    /** Those of every response. */
    static final List<ResponseHeader> EVERYWHERE = List.of(REQUEST_ID, CORRELATION_ID, CACHE_CONTROL);

    private AnswerHeaders() {}
}
