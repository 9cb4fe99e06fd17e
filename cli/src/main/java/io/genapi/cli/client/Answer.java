package io.genapi.cli.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What a gateway said. */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record Answer(int status, HttpHeaders headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; missing where it is none. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException malformed) {
            return MissingNode.getInstance();
        }
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** How long the gateway wants to be left alone. */
    public Optional<Duration> retryAfter() {
        return header("Retry-After")
                .filter(value -> value.chars().allMatch(Character::isDigit) && value.length() < 6)
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    /** The error envelope's message, or the status where there is no envelope. */
    public String errorMessage() {
        String message = json().path("error").path("message").asString("");
        return message.isEmpty() ? "The gateway answered with status " + status + "." : message;
    }
}
