package io.genapi.gateway.http;

import java.util.function.BiConsumer;

/** What every response tells browsers: it is data, of the type that it says, and not to be shown within anything. */
final class SecurityHeaders {

    private SecurityHeaders() {}

    /** @param header sets one, by its name */
    static void tell(BiConsumer<String, String> header) {
        header.accept(HttpHeaderNames.CONTENT_TYPE_OPTIONS, "nosniff");
        header.accept("X-Frame-Options", "DENY");
        header.accept("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        header.accept("Referrer-Policy", "no-referrer");
    }
}
