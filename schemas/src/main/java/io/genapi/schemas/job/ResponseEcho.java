package io.genapi.schemas.job;

/**
 * What a job that came by OpenAI's Responses API repeats in its answer of what was asked, and its body does not tell: a
 * JSON object of the gateways' making, which nobody else looks into. A job that has none is not a response.
 */
public record ResponseEcho(String json) {

    public ResponseEcho {
        if (json.isBlank()) {
            throw new IllegalArgumentException("a ResponseEcho must be a JSON object, not blank");
        }
    }

    @Override
    public String toString() {
        return json;
    }
}
