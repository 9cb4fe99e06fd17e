package io.genapi.worker.vendor;

import java.nio.charset.StandardCharsets;

/** Makes text of unknown origin safe for an HTTP header or a log line. */
public final class HeaderText {

    /** Vendors refuse longer ids (OpenAI's limit for {@code X-Client-Request-Id}). */
    static final int MAX_LENGTH = 512;

    private HeaderText() {}

    /**
     * The text in visible ASCII: the bytes of every other character are percent-encoded, so that neither line breaks
     * nor foreign scripts get through. At most 512 characters; what exceeds them is cut off.
     */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            String next = each > ' ' && each < 0x7f ? String.valueOf((char) each) : "%%%02X".formatted(each);
            if (safe.length() + next.length() > MAX_LENGTH) {
                break;
            }
            safe.append(next);
        }
        return safe.toString();
    }
}
