package io.genapi.worker.peer;

import java.io.Serial;

/** A claim, or the answer to one, is not of its form; stays inside this package. */
final class MalformedClaimException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String explanation;

    MalformedClaimException(String parameter, String explanation) {
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
