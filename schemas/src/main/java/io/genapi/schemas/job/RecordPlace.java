package io.genapi.schemas.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a record lies in Kafka. As text: topic, partition and offset between slashes. */
public record RecordPlace(String topic, int partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("([a-zA-Z0-9._-]{1,249})/([0-9]{1,9})/([0-9]{1,18})");

    /** The place in the text, or empty where the text has not the form of one. */
    public static Optional<RecordPlace> parse(String text) {
        Matcher place = TEXT.matcher(text);
        return place.matches()
                ? Optional.of(new RecordPlace(
                        place.group(1), Integer.parseInt(place.group(2)), Long.parseLong(place.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
