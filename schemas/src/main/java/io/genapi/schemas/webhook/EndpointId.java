package io.genapi.schemas.webhook;

import io.genapi.schemas.text.LetterDigits;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A webhook endpoint's identity: {@code we_} and 26 letters and digits, which nobody guesses. */
public record EndpointId(String value) {

    private static final String PREFIX = "we_";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + LetterDigits.SHAPE);

    /** @throws IllegalArgumentException if the text is not of an id's form */
    public EndpointId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no id of a webhook endpoint");
        }
    }

    /** The id in the text, or empty where the text has not the form of one. */
    public static Optional<EndpointId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new EndpointId(text)) : Optional.empty();
    }

    /** A new id; unguessable if the generator is. */
    public static EndpointId mint(RandomGenerator random) {
        return new EndpointId(PREFIX + LetterDigits.random(random));
    }

    @Override
    public String toString() {
        return value;
    }
}
