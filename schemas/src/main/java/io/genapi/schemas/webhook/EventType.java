package io.genapi.schemas.webhook;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an event says. Those of responses and batches are OpenAI's.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/webhook-events">OpenAI's events</a>
 */
public enum EventType {
    JOB_SUCCEEDED("job.succeeded"),
    JOB_FAILED("job.failed"),
    JOB_CANCELLED("job.cancelled"),
    JOB_EXPIRED("job.expired"),
    RESPONSE_COMPLETED("response.completed"),
    RESPONSE_INCOMPLETE("response.incomplete"),
    RESPONSE_FAILED("response.failed"),
    RESPONSE_CANCELLED("response.cancelled"),
    BATCH_COMPLETED("batch.completed"),
    BATCH_FAILED("batch.failed"),
    BATCH_EXPIRED("batch.expired"),
    BATCH_CANCELLED("batch.cancelled");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /** As events and endpoints have it. */
    public String wireName() {
        return wireName;
    }

    public static Optional<EventType> fromWireName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(name))
                .findFirst();
    }
}
