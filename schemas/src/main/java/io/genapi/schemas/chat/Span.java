package io.genapi.schemas.chat;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** A range of bytes in a JSON text: {@code from} inclusive, {@code to} exclusive. */
record Span(int from, int to) {

    /** The text with this range replaced by a JSON string; every other byte stays. */
    byte[] replaceWithString(byte[] json, String replacement) {
        byte[] quoted = ('"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(replacement)) + '"')
                .getBytes(StandardCharsets.UTF_8);
        byte[] result = new byte[json.length - (to - from) + quoted.length];
        System.arraycopy(json, 0, result, 0, from);
        System.arraycopy(quoted, 0, result, from, quoted.length);
        System.arraycopy(json, to, result, from + quoted.length, json.length - to);
        return result;
    }
}
