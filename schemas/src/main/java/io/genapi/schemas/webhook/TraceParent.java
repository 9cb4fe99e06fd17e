package io.genapi.schemas.webhook;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The span that something was written in, as <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C's
 * traceparent</a> has it.
 */
public record TraceParent(String value) {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** @throws IllegalArgumentException if the text is not of that form */
    public TraceParent {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no traceparent");
        }
    }

    /** The one in the text, or empty where the text has not the form of one. */
    public static Optional<TraceParent> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new TraceParent(text)) : Optional.empty();
    }
}
