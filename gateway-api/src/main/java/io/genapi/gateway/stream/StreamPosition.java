package io.genapi.gateway.stream;

import io.genapi.schemas.job.RunId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a piece in a job's stream: {@code run-seq} as an event's id.
 *
 * @param seq from 0, within the run
 */
public record StreamPosition(RunId run, long seq) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    /** Empty where the text is no event's id. */
    public static Optional<StreamPosition> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new StreamPosition(new RunId(form.group(1)), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return run + "-" + seq;
    }
}
