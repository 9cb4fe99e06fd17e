package io.genapi.simulator.exchange;

import java.util.Map;
import java.util.Optional;

/**
 * One request as it came over the wire.
 *
 * @param path without the query
 * @param query parameters by name, the first of each; they may hold a credential
 * @param headers by lower-case name; repeated headers joined by {@code ", "}
 * @param body the bytes as sent, shared and not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 16 MiB that are read once: neither compared nor copied.
public record VendorRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    public VendorRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The value of a header, by its lower-case name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
