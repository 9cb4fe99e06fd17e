package io.genapi.worker.dialect;

import java.net.URI;
import java.util.Map;

/**
 * A JSON body to be posted.
 *
 * @param headers beside {@code Content-Type}; the vendor's credential is among them
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // A body is handed on, never copied or compared.
public record VendorRequest(URI uri, Map<String, String> headers, byte[] body) {

    public VendorRequest {
        headers = Map.copyOf(headers);
    }

    /** Without the headers, which hold a secret. */
    @Override
    public String toString() {
        return "POST " + uri;
    }
}
