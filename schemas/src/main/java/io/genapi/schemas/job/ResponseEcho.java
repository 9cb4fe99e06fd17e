package io.genapi.schemas.job;

/**
 * What a job that came by OpenAI's Responses API repeats in its answer of what was asked, and its body does not tell: a
 * JSON object of the gateways' making, which nobody else looks into. A job that has none is not a response.
 */
public record ResponseEcho(String json) {

    /** In characters. */
    private static final int LARGEST_KEPT = 16_384;

    public ResponseEcho {
        if (json.isBlank()) {
            throw new IllegalArgumentException("a ResponseEcho must be a JSON object, not blank");
        }
    }

    /** Whether it is small enough to be kept in memory for its answer; of a larger one the store is asked. */
    public boolean isSmall() {
        return json.length() <= LARGEST_KEPT;
    }

    @Override
    public String toString() {
        return json;
    }
}
