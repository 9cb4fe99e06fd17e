package io.genapi.simulator.receiver;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * A webhook as it arrived.
 *
 * @param headers by their names in small letters
 */
@SuppressWarnings("ArrayRecordComponent") // A body is looked at, never compared.
public record ReceivedWebhook(Instant at, String path, Map<String, String> headers, byte[] body) {

    public ReceivedWebhook {
        headers = Map.copyOf(headers);
    }

    /** Its {@code webhook-id}; empty where it has none. */
    public String id() {
        return headers.getOrDefault("webhook-id", "");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
