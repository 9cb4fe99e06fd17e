package io.genapi.runtime.log;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a text: those that this process knows, whatever they look like, and what looks like one:
 * authorization values, bearer tokens, vendors' API keys. Thread-safe.
 */
public final class SecretMask {

    private static final String MASK = "****";

    /** Kept whole: the name before the secret. Replaced: the secret. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:proxy-)?authorization\"?\\s*[:=]\\s*\"?(?:(?:bearer|basic)\\s+)?|bearer\\s+|(?:x-)?(?:goog-)?api[-_]?key\"?\\s*[:=]\\s*\"?)"
                    + "[^\\s\",;\\]}]+"
                    + "|\\b(?:sk|pk|rk|gsk|xai)-[A-Za-z0-9_-]{8,}|\\bAIza[A-Za-z0-9_-]{20,}|\\bhvs\\.[A-Za-z0-9_-]{8,}");

    /** Of the whole process, since its log is: Logback makes the converters itself. */
    private static final AtomicReference<KnownSecrets> KNOWN = new AtomicReference<>(KnownSecrets.NONE);

    private SecretMask() {}

    /**
     * From now on masks this too, as it is and as a part of an address. What has fewer than 8 characters is no secret to
     * be told from other text.
     *
     * @param secret is copied
     */
    public static void learn(char[] secret) {
        char[] encoded =
                URLEncoder.encode(new String(secret), StandardCharsets.UTF_8).toCharArray();
        KNOWN.updateAndGet(known -> known.with(secret).with(encoded));
    }

    public static String mask(String text) {
        return SECRET.matcher(KNOWN.get().mask(text, MASK))
                .replaceAll(match -> (match.group(1) == null ? "" : match.group(1)) + MASK);
    }

    /**
     * Masks only those secrets that this process knows, for what others have said and others will read.
     *
     * @param text in any encoding that writes ASCII as such
     * @return the same bytes where there is none in them
     */
    public static byte[] maskKnown(byte[] text) {
        String latin = new String(text, StandardCharsets.ISO_8859_1);
        String masked = KNOWN.get().mask(latin, MASK);
        return masked.equals(latin) ? text : masked.getBytes(StandardCharsets.ISO_8859_1);
    }
}
