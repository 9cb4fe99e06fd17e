package io.genapi.schemas.kafka;

import java.io.Serial;

/** A header's value is not of the form that the contract gives it; stays inside this package. */
final class InvalidHeaderException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String header;
    private final String explanation;

    InvalidHeaderException(String header, String value, String expected) {
        String explanation = "Invalid value for header '%s': '%s' is not %s.".formatted(header, value, expected);
        super(explanation);
        this.header = header;
        this.explanation = explanation;
    }

    String header() {
        return header;
    }

    String explanation() {
        return explanation;
    }
}
