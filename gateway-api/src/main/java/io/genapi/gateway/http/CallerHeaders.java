package io.genapi.gateway.http;

import io.genapi.gateway.openapi.Parameter;
import io.genapi.gateway.openapi.Shape;
import java.util.List;

/** The headers and query parameters that callers may send, as the API's document tells them. */
final class CallerHeaders {

    private static final String VISIBLE = "^[!-~]{1,%d}$".formatted(GivenId.MAX_LENGTH);

    static final Parameter REQUEST_ID = Parameter.header(
            HttpHeaderNames.REQUEST_ID,
            "The caller's name for this request; minted where it is absent.",
            Shape.text(VISIBLE),
            "7f3c7c1e-6a52-4f0e-9d5b-0d7a4a6f1a55");

    static final Parameter CORRELATION_ID = Parameter.header(
            HttpHeaderNames.CORRELATION_ID,
            "The caller's name for what the request belongs to; goes with the job wherever it goes. Minted where it is absent.",
            Shape.text(VISIBLE),
            "order-4711");

    static final Parameter PREFER = Parameter.header(
            HttpHeaderNames.PREFER,
            "RFC 7240. `respond-async` has the job's document, or the queued response, answered as soon as the job is durable;"
                    + " `wait=n` with it waits n seconds for the end first.",
            Shape.text(),
            "respond-async, wait=10");

    static final Parameter WAIT = Parameter.header(
            HttpHeaderNames.PREFER,
            "RFC 7240. `wait=n` holds the answer back until the job has ended, for at most n seconds, and 60.",
            Shape.text(),
            "wait=30");

    static final Parameter IDEMPOTENCY_KEY = Parameter.header(
            HttpHeaderNames.IDEMPOTENCY_KEY,
            "The caller's name for a request that it may send more than once, bare or in quotes: all of them are done once.",
            Shape.text(),
            "order-4711-summary");

    private static final Parameter DEADLINE = Parameter.header(
            HttpHeaderNames.DEADLINE,
            "Until when the job is worth its answer: an RFC 3339 instant, or seconds from now.",
            Shape.text(),
            "90");

    static final Parameter LANE = Parameter.header(
            HttpHeaderNames.LANE,
            "Whose share of a worker the job has. Comes before the body's `service_tier`, and the vendor does not hear of it.",
            Shape.oneOf(List.of("auto", "default", "flex", "priority")),
            "flex");

    private static final Parameter ORDERING_KEY = Parameter.header(
            HttpHeaderNames.ORDERING_KEY,
            "Jobs of one key and lane run one after another.",
            Shape.text(VISIBLE),
            "customer-7");

    static final Parameter WEBHOOK = Parameter.header(
            HttpHeaderNames.WEBHOOK,
            "The one webhook endpoint that is told of the end; without it the caller's default ones are, of what nobody waits for.",
            Shape.text("^we_[0-9a-v]{26}$"),
            "we_4f1kg9qs7g0fuvatamf7t7ujj6");

    static final Parameter STREAM_RESTART = Parameter.header(
            HttpHeaderNames.STREAM_RESTART,
            "Where a job is run again in mid-stream, the stream goes on with an event `reset`, and the new answer from its"
                    + " beginning.",
            Shape.oneOf(List.of("reset")),
            "reset");

    static final Parameter LAST_EVENT_ID = Parameter.header(
            HttpHeaderNames.LAST_EVENT_ID,
            "The id of the last event that the reader has: the stream goes on behind it.",
            Shape.text(),
            "0a1b2c3d-17");

    private static final Parameter SDK_TIMEOUT = Parameter.header(
            HttpHeaderNames.SDK_TIMEOUT,
            "OpenAI's SDKs send it: the seconds after which they give up. Their calls are answered before that.",
            Shape.text(),
            "60");

    private static final Parameter SDK_READ_TIMEOUT = Parameter.header(
            HttpHeaderNames.SDK_READ_TIMEOUT,
            "OpenAI's SDK for Python sends it: the seconds of silence after which it gives up.",
            Shape.text(),
            "60");

    static final Parameter SDK_RETRY_COUNT = Parameter.header(
            HttpHeaderNames.SDK_RETRY_COUNT,
            "OpenAI's SDKs send it: above 0, the request attaches to what came of its first try.",
            Shape.text(),
            "0");

    static final Parameter VENDOR = Parameter.query(
            "vendor", "The one vendor of the catalog that may be asked.", Shape.text("^[!-~]{1,64}$"), "simulator");

    /** How much time the caller gives. */
    static final List<Parameter> TIME = List.of(DEADLINE, SDK_TIMEOUT, SDK_READ_TIMEOUT);

    /** What a submission says beside its body. */
    static final List<Parameter> SUBMISSION = List.of(
            VENDOR,
            PREFER,
            IDEMPOTENCY_KEY,
            DEADLINE,
            LANE,
            ORDERING_KEY,
            WEBHOOK,
            SDK_TIMEOUT,
            SDK_READ_TIMEOUT,
            SDK_RETRY_COUNT);

    private static final Parameter TRACE_PARENT = Parameter.header(
            "traceparent",
            "W3C trace context: the span that the request belongs to; goes with the job to its vendor.",
            Shape.text(),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private static final Parameter TRACE_STATE = Parameter.header(
            "tracestate", "W3C trace context: what tracing systems add to it.", Shape.text(), "vendor=1");

    /** What every request may carry. */
    static final List<Parameter> EVERYWHERE = List.of(REQUEST_ID, CORRELATION_ID, TRACE_PARENT, TRACE_STATE);

    private CallerHeaders() {}

    static Parameter limit(int most, int usual) {
        return Parameter.query("limit", "How many a page has.", Shape.wholeNumber(1, most, usual), "10");
    }

    /** @param example an id of the right form */
    static Parameter after(String example) {
        return Parameter.query(
                "after", "The `last_id` of the page before: the page goes on behind it.", Shape.text(), example);
    }
}
