package io.genapi.schemas.kafka;

import java.util.List;

/** The headers of the contract; all values are UTF-8 text, but the correlation id's, which are the caller's bytes. */
public final class HeaderNames {

    public static final String CE_SPECVERSION = "ce_specversion";
    public static final String CE_ID = "ce_id";
    public static final String CE_TYPE = "ce_type";
    public static final String CE_SOURCE = "ce_source";
    public static final String CE_TIME = "ce_time";
    public static final String CONTENT_TYPE = "content-type";

    public static final String CORRELATION_ID = "correlation-id";
    public static final String REQUEST_ID = "request-id";
    public static final String TENANT = "tenant";

    /** W3C trace context: the span that the record was written in. */
    public static final String TRACEPARENT = "traceparent";

    public static final String DEADLINE = "deadline";
    public static final String IDEMPOTENCY_KEY = "idempotency-key";
    public static final String ORDERING_KEY = "ordering-key";
    public static final String REPLY_TOPIC = "reply-topic";
    public static final String WEBHOOK_ENDPOINT = "webhook-endpoint";
    public static final String VENDOR = "vendor";
    /** {@code wait} or {@code respond-async}, in the words of RFC 7240: whether a caller holds a connection open. */
    public static final String PREFER = "prefer";

    /** {@code responses} or {@code batch}, on requests and results: by which API the job came, where by one of these. */
    public static final String API = "api";

    public static final String STATUS = "status";
    public static final String HTTP_STATUS = "http-status";
    /** Of the call that the result came of, as the vendor itself names it. */
    public static final String VENDOR_REQUEST_ID = "vendor-request-id";

    public static final String MODEL = "model";
    public static final String ATTEMPTS = "attempts";
    public static final String USAGE_INPUT_TOKENS = "usage-input-tokens";
    public static final String USAGE_OUTPUT_TOKENS = "usage-output-tokens";
    public static final String COST_USD = "cost-usd";
    public static final String QUEUED_MS = "queued-ms";
    public static final String VENDOR_MS = "vendor-ms";

    /** On pieces of a streamed answer, and on the result of a job that published any: which start of the stream. */
    public static final String RUN = "run";

    public static final String SEQ = "seq";
    public static final String LAST = "last";
    /** On such a result: how many pieces of that run were published. */
    public static final String DELTAS = "deltas";

    /** On a request that is another go at a job that has ended: that job. */
    public static final String REDRIVE_OF = "redrive-of";

    /** On a request that puts one back that became a dead letter, and has its idempotency key: where that one lay. */
    public static final String REDRIVE_FROM = "redrive-from";

    /** On a request that came by the Responses API: what its answer repeats of it. */
    public static final String RESPONSE_ECHO = "response-echo";

    /** On a request whose body lies elsewhere: under which key, in which place, how long it is, and its SHA-256. */
    public static final String CLAIM_CHECK = "claim-check";

    public static final String CLAIM_CHECK_PLACE = "claim-check-place";
    public static final String CLAIM_CHECK_LENGTH = "claim-check-length";
    public static final String CLAIM_CHECK_SHA256 = "claim-check-sha256";

    /** And, where some of what was asked is in no body, the SHA-256 of it all. */
    public static final String CLAIM_CHECK_ASKED_SHA256 = "claim-check-asked-sha256";

    /** On dead letters: why, and where the record lay. */
    public static final String DEAD_LETTER_REASON = "dead-letter-reason";

    public static final String DEAD_LETTER_TOPIC = "dead-letter-topic";
    public static final String DEAD_LETTER_PARTITION = "dead-letter-partition";
    public static final String DEAD_LETTER_OFFSET = "dead-letter-offset";
    /** The record's own timestamp, in milliseconds since 1970: the ids of keyless records are derived from it. */
    public static final String DEAD_LETTER_TIMESTAMP = "dead-letter-timestamp";
    /** The job that has ended as failed because of the record. */
    public static final String DEAD_LETTER_JOB = "dead-letter-job";
    /** {@code absent} where the record was too large to be kept in a letter. */
    public static final String DEAD_LETTER_CONTENT = "dead-letter-content";

    /** On the note that a letter was put back: the letter's offset, and the job that came of it. */
    public static final String REDRIVEN_LETTER = "redriven-letter";

    public static final String REDRIVEN_JOB = "redriven-job";

    /** On parked jobs: how often the job was parked, this time included, and what it has been through before. */
    public static final String PARK_NUMBER = "park-number";

    public static final String PARK_LANE = "park-lane";
    public static final String PARK_ATTEMPTS = "park-attempts";
    public static final String PARK_COUNTED_ATTEMPTS = "park-counted-attempts";
    public static final String PARK_VENDOR_MS = "park-vendor-ms";
    public static final String PARK_FIRST_ATTEMPT_AT = "park-first-attempt-at";

    /** Where a correlation id is also looked for, and then also echoed: Spring's and Zilla's names. */
    public static final List<String> CORRELATION_ALIASES = List.of("kafka_correlationId", "zilla:correlation-id");

    /** Where a reply topic is also looked for: Spring's and Zilla's names. */
    public static final List<String> REPLY_TOPIC_ALIASES = List.of("kafka_replyTopic", "zilla:reply-to");

    private HeaderNames() {}
}
