package io.genapi.schemas.chat;

/** The encoding that RFC 8259 asks of JSON between systems, and the only one in which offsets in bytes can be trusted. */
final class Utf8 {

    private Utf8() {}

    /**
     * Whether a JSON text is not in UTF-16 or UTF-32. Their marks are looked for, and without one a zero byte: JSON starts
     * with two ASCII characters, or is one digit.
     */
    static boolean isPossible(byte[] json) {
        int first = at(json, 0);
        int second = at(json, 1);
        boolean marked = (first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe);
        return !marked && first != 0 && second != 0;
    }

    private static int at(byte[] json, int index) {
        return index < json.length ? json[index] & 0xff : -1;
    }
}
