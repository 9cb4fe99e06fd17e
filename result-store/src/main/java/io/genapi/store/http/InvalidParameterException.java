package io.genapi.store.http;

import java.io.Serial;

/** A query parameter, or a part of a body, is not of its form; stays inside this package. */
final class InvalidParameterException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String explanation;

    InvalidParameterException(String parameter, String value, String expected) {
        this(parameter, "Invalid value for '%s': '%s' is not %s.".formatted(parameter, value, expected));
    }

    InvalidParameterException(String parameter, String explanation) {
        super(explanation);
        this.parameter = parameter;
        this.explanation = explanation;
    }

    String parameter() {
        return parameter;
    }

    String explanation() {
        return explanation;
    }
}
