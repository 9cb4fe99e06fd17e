package io.genapi.runtime.log;

import java.util.regex.Pattern;

/** Takes what looks like a secret out of a text: authorization values, bearer tokens, vendors' API keys. Thread-safe. */
public final class SecretMask {

    private static final String MASK = "****";

    /** Kept whole: the name before the secret. Replaced: the secret. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:proxy-)?authorization\"?\\s*[:=]\\s*\"?(?:(?:bearer|basic)\\s+)?|bearer\\s+|(?:x-)?(?:goog-)?api[-_]?key\"?\\s*[:=]\\s*\"?)"
                    + "[^\\s\",;\\]}]+"
                    + "|\\b(?:sk|pk|rk|gsk|xai)-[A-Za-z0-9_-]{8,}|\\bAIza[A-Za-z0-9_-]{20,}|\\bhvs\\.[A-Za-z0-9_-]{8,}");

    private SecretMask() {}

    public static String mask(String text) {
        return SECRET.matcher(text).replaceAll(match -> (match.group(1) == null ? "" : match.group(1)) + MASK);
    }
}
