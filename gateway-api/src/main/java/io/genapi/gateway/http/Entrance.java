package io.genapi.gateway.http;

import io.genapi.gateway.tenant.Doorkeeper;
import io.genapi.gateway.tenant.Entry;
import io.genapi.schemas.error.ApiError;
import io.genapi.schemas.text.SentText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * Lets requests in by the key in {@code Authorization: Bearer}
 * (<a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>). Whatever is not on the list of the few paths that are
 * everybody's needs one. Thread-safe.
 */
final class Entrance {

    /** Compared with the path as it was sent: nothing else that might come to the same is on this list. */
    private static final Set<String> EVERYBODYS = Set.of("/health", "/health/live", "/health/ready", "/openapi.json");

    private static final String SCHEME = "Bearer";

    private final Doorkeeper doorkeeper;

    Entrance(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    /** Notes who comes; what it says is why a caller does not get in. */
    Optional<ApiError> refusal(HttpServletRequest request, HttpServletResponse response, Exchange exchange) {
        Entry entry = doorkeeper.enter(key(request), host(request));
        exchange.entered(entry);
        if (EVERYBODYS.contains(request.getRequestURI())) {
            return Optional.empty();
        }
        return switch (entry) {
            case Entry.Open _, Entry.Known _ -> Optional.empty();
            case Entry.Elsewhere(String name) -> Optional.of(misdirected(name));
            case Entry.KeyMissing _ -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, SCHEME);
                yield Optional.of(
                        unauthorized("You did not provide an API key. Send the one that you were given as the header"
                                + " 'Authorization: Bearer KEY'; in an OpenAI SDK that is its api_key."));
            }
            case Entry.KeyUnknown _ -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, SCHEME + " error=\"invalid_token\"");
                yield Optional.of(unauthorized("Incorrect API key provided. Use one that ./genapi keys create has made"
                        + " for this broker, and that has not been revoked."));
            }
        };
    }

    private static Optional<String> key(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .map(String::strip)
                .filter(value -> value.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1))
                .map(value -> value.substring(SCHEME.length()).strip())
                .filter(key -> !key.isEmpty());
    }

    /** Of HTTP/1.0 there may be none; no browser speaks that. */
    private static Optional<String> host(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.HOST)).map(_ -> request.getServerName());
    }

    private static ApiError misdirected(String name) {
        return ApiError.invalidRequest(
                421,
                "misdirected_request",
                HttpHeaders.HOST,
                ("This gateway is not '%s'. Without tenants it serves only who calls it by a loopback address, localhost,"
                                + " or the address in server.address or genapi.advertised-url: any web page could reach it"
                                + " by another name. Call it by one of these, or name tenants and give them keys with"
                                + " ./genapi keys create NAME.")
                        .formatted(SentText.excerpt(name)));
    }

    private static ApiError unauthorized(String message) {
        return ApiError.invalidRequest(401, "invalid_api_key", message);
    }
}
