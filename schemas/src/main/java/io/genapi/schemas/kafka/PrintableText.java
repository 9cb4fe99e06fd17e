package io.genapi.schemas.kafka;

import java.util.regex.Pattern;

/** Makes text of unknown origin safe to show to people, in logs and on terminals. */
public final class PrintableText {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private PrintableText() {}

    /** The text on one line, without anything that steers a terminal; U+FFFD stands for each such character. */
    public static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    }
}
