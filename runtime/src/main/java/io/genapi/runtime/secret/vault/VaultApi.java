package io.genapi.runtime.secret.vault;

import io.genapi.runtime.log.SecretMask;
import io.genapi.runtime.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Vault's HTTP API, and what its answers mean. Thread-safe.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs">Vault's reference</a>
 */
final class VaultApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_ERROR = 300;

    private final HttpClient http;
    private final URI address;
    private final Optional<String> namespace;
    private final Duration timeout;

    /** @param address without a path, or with that which is before {@code /v1} */
    VaultApi(HttpClient http, URI address, Optional<String> namespace, Duration timeout) {
        this.http = http;
        this.address = address;
        this.namespace = namespace;
        this.timeout = timeout;
    }

    /** @param status any but those that say that Vault cannot answer */
    record Answer(int status, JsonNode body) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** What Vault has to say about it, with no secret in it. */
        String errors() {
            String errors = body.path("errors")
                    .valueStream()
                    .map(each -> each.asString(""))
                    .collect(Collectors.joining("; "))
                    .replaceAll("\\s+", " ");
            String masked = SecretMask.mask(errors.isBlank() ? "no reason given" : errors.strip());
            return masked.length() > LONGEST_ERROR ? masked.substring(0, LONGEST_ERROR) + "…" : masked;
        }
    }

    Answer get(String path, Optional<Secret> token) throws VaultProblem {
        return send(request(path, token).GET().build());
    }

    Answer post(String path, Optional<Secret> token, Optional<JsonNode> body) throws VaultProblem {
        BodyPublisher publisher = body.map(json -> BodyPublishers.ofByteArray(JSON.writeValueAsBytes(json)))
                .orElseGet(BodyPublishers::noBody);
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .POST(publisher)
                .build());
    }

    private HttpRequest.Builder request(String path, Optional<Secret> token) {
        // Vault takes the last header for proof that no browser was tricked into asking.
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .timeout(timeout)
                .header("X-Vault-Request", "true");
        token.ifPresent(value -> request.header("X-Vault-Token", value.reveal()));
        namespace.ifPresent(value -> request.header("X-Vault-Namespace", value));
        return request;
    }

    private Answer send(HttpRequest request) throws VaultProblem {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            Answer answer = new Answer(response.statusCode(), json(response.body()));
            Arrays.fill(response.body(), (byte) 0);
            throwIfAway(answer);
            return answer;
        } catch (SSLException untrusted) {
            throw VaultProblem.away(
                    "Vault at %s is not trusted: %s. Name the certificates of its authority with genapi.vault.ca-file."
                            .formatted(address, untrusted.getMessage()));
        } catch (IOException unreachable) {
            throw VaultProblem.away("Vault at %s cannot be reached: %s. Start it, or set genapi.vault.address."
                    .formatted(address, unreachable));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw VaultProblem.away("Asking Vault at %s was interrupted.".formatted(address));
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private void throwIfAway(Answer answer) throws VaultProblem {
        switch (answer.status()) {
            case 503 ->
                throw VaultProblem.away(
                        "Vault at %s is sealed, or in maintenance: %s. Unseal it with: vault operator unseal"
                                .formatted(address, answer.errors()));
            case 501 ->
                throw VaultProblem.away(
                        "Vault at %s is not initialised. Do so with: vault operator init".formatted(address));
            case 429 ->
                throw VaultProblem.away("Vault at %s is asked too often: %s. Raise its rate limit quota."
                        .formatted(address, answer.errors()));
            default -> {
                if (answer.status() >= 500) {
                    throw VaultProblem.away("Vault at %s failed with status %d: %s. Its log says more."
                            .formatted(address, answer.status(), answer.errors()));
                }
            }
        }
    }
}
