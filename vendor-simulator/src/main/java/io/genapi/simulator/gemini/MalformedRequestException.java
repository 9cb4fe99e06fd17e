package io.genapi.simulator.gemini;

/** Carries a refusal out of nested reading; never leaves this package. */
@SuppressWarnings("serial") // Thrown and caught within one call.
final class MalformedRequestException extends Exception {

    private final transient GeminiError error;

    MalformedRequestException(String message) {
        super(message, null, false, false);
        this.error = GeminiError.invalid(message);
    }

    GeminiError error() {
        return error;
    }
}
