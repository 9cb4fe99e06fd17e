package io.genapi.schemas.chat;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** A range of bytes in a JSON text: {@code from} inclusive, {@code to} exclusive. */
record Span(int from, int to) {

    /** The text with this range replaced by a JSON string; every other byte stays. */
    byte[] replaceWithString(byte[] json, String replacement) {
        return replaceWith(
                json, '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(replacement)) + '"');
    }

    /** The text with this range replaced by another text; every other byte stays. */
    byte[] replaceWith(byte[] json, String replacement) {
        byte[] inserted = replacement.getBytes(StandardCharsets.UTF_8);
        byte[] result = new byte[json.length - (to - from) + inserted.length];
        System.arraycopy(json, 0, result, 0, from);
        System.arraycopy(inserted, 0, result, from, inserted.length);
        System.arraycopy(json, to, result, from + inserted.length, json.length - to);
        return result;
    }
}
