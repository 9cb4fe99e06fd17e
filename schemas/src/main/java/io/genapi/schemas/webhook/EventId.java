package io.genapi.schemas.webhook;

import io.genapi.schemas.text.LetterDigits;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** An event's identity: {@code evt_} and 26 letters and digits. It is the {@code webhook-id} of all that is sent of it. */
public record EventId(String value) {

    private static final String PREFIX = "evt_";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + LetterDigits.SHAPE);

    /** @throws IllegalArgumentException if the text is not of an id's form */
    public EventId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no id of an event");
        }
    }

    /** The id in the text, or empty where the text has not the form of one. */
    public static Optional<EventId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new EventId(text)) : Optional.empty();
    }

    /** That of the one event which the end of a job or a batch is, whoever notices it, and however often. */
    public static EventId ofEnd(String subject) {
        return new EventId(PREFIX + LetterDigits.derive("event/" + subject));
    }

    /** A new id, for an event that nothing has happened for. */
    public static EventId mint(RandomGenerator random) {
        return new EventId(PREFIX + LetterDigits.random(random));
    }

    @Override
    public String toString() {
        return value;
    }
}
