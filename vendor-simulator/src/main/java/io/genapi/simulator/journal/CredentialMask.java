package io.genapi.simulator.journal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Replaces credentials by a short fingerprint, so that tests can tell them apart and nobody can read them. */
final class CredentialMask {

    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization", "proxy-authorization", "api-key", "x-api-key", "x-goog-api-key", "cookie", "set-cookie");

    private CredentialMask() {}

    static Map<String, String> mask(Map<String, String> headers) {
        Map<String, String> masked = new TreeMap<>();
        headers.forEach((name, value) -> masked.put(name, SECRET_HEADERS.contains(name) ? mask(value) : value));
        return Map.copyOf(masked);
    }

    private static String mask(String value) {
        boolean bearer = value.toLowerCase(Locale.ROOT).startsWith("bearer ");
        String credential = bearer ? value.substring("bearer ".length()).strip() : value;
        String fingerprint =
                Sha256.hex(credential.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
        return (bearer ? "Bearer " : "") + "***" + fingerprint;
    }
}
