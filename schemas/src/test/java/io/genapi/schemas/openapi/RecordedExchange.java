package io.genapi.schemas.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request and its response, as they crossed a gateway's edge.
 *
 * @param path as it was sent, without the query
 * @param query the names of its parameters
 * @param requestBody empty where it is too large to be looked at, or no text
 * @param headers the response's, by their names
 * @param body the response's; empty where it is too large to be looked at, or broke off
 */
public record RecordedExchange(
        String method,
        String path,
        Set<String> query,
        Optional<String> requestBody,
        int status,
        Map<String, List<String>> headers,
        Optional<String> body) {

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().getFirst())
                .findFirst();
    }

    /** Without parameters, in lower case. */
    String mediaType() {
        return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
    }
}
