package io.genapi.gateway.http;

import io.genapi.schemas.error.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The caller's name for a request that it may send more than once: {@code Idempotency-Key}, bare as most clients send it,
 * or quoted as <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the IETF's draft</a>
 * wants it; both are the same key.
 */
final class IdempotencyKey {

    private IdempotencyKey() {}

    static Optional<String> of(HttpServletRequest request) {
        return of(Collections.list(request.getHeaders(HttpHeaderNames.IDEMPOTENCY_KEY)));
    }

    /**
     * @param headers as often as the caller sent it
     * @throws ApiErrorException if it cannot be a key, or is another one each time
     */
    static Optional<String> of(List<String> headers) {
        List<String> keys =
                headers.stream().map(IdempotencyKey::unquoted).distinct().toList();
        if (keys.size() > 1) {
            throw new ApiErrorException(ApiError.invalidRequest(
                    400,
                    "invalid_header",
                    HttpHeaderNames.IDEMPOTENCY_KEY,
                    "Header '%s' is given with %d values. Send one."
                            .formatted(HttpHeaderNames.IDEMPOTENCY_KEY, keys.size())));
        }
        keys.forEach(key -> GivenId.error(HttpHeaderNames.IDEMPOTENCY_KEY, key).ifPresent(error -> {
            throw new ApiErrorException(error);
        }));
        return keys.stream().findFirst();
    }

    /** In quotes, a backslash makes a quote or a backslash part of the key (RFC 8941, section 3.3.3). */
    private static String unquoted(String given) {
        String text = given.strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\([\"\\\\])", "$1") : text;
    }
}
