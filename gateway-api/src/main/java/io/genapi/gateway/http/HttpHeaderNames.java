package io.genapi.gateway.http;

/** The headers of the HTTP contract that no library names. */
final class HttpHeaderNames {

    static final String REQUEST_ID = "X-Request-ID";
    static final String CORRELATION_ID = "X-Correlation-ID";
    static final String VENDOR_SOURCE = "X-Vendor-Source";
    static final String JOB_ID = "Genapi-Job-Id";
    static final String LANE = "Genapi-Lane";
    static final String DEADLINE = "Genapi-Deadline";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String SDK_RETRY_COUNT = "X-Stainless-Retry-Count";
    static final String SDK_TIMEOUT = "X-Stainless-Timeout";
    static final String SDK_READ_TIMEOUT = "X-Stainless-Read-Timeout";
    static final String ORDERING_KEY = "Genapi-Ordering-Key";
    static final String WEBHOOK = "Genapi-Webhook";
    static final String STREAM_RESTART = "Genapi-Stream-Restart";
    static final String LAST_EVENT_ID = "Last-Event-ID";
    static final String PREFER = "Prefer";
    static final String PREFERENCE_APPLIED = "Preference-Applied";
    static final String CONTENT_TYPE_OPTIONS = "X-Content-Type-Options";

    /** OpenAI's SDKs obey it: {@code false} keeps them from sending a request again that somebody already pays for. */
    static final String SHOULD_RETRY = "x-should-retry";

    private HttpHeaderNames() {}
}
