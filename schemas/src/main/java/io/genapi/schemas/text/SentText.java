package io.genapi.schemas.text;

import java.nio.charset.StandardCharsets;

/** What is done with a text that somebody has sent before it is shown or written. */
public final class SentText {

    private static final int EXCERPT_LENGTH = 64;

    private SentText() {}

    /**
     * What a message shows of it: the text where it is short, else its first 64 characters, which end before a pair of
     * surrogates rather than within one.
     */
    public static String excerpt(String text) {
        if (text.length() <= EXCERPT_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(EXCERPT_LENGTH - 1)) ? EXCERPT_LENGTH - 1 : EXCERPT_LENGTH;
        return text.substring(0, end) + "…";
    }

    /** Whether it has no half of a surrogate pair, which no UTF-8 can hold. */
    public static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The text with such halves replaced. */
    public static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
