package io.genapi.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** One gateway's HTTP API. Thread-safe. */
public final class Gateway implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(15);

    /** A gateway gives each process a minute. */
    private static final Duration RELOAD = Duration.ofSeconds(90);

    private final URI base;
    private final Optional<String> apiKey;
    private final HttpClient http;

    /** @param apiKey sent as a bearer token */
    public Gateway(URI base, Optional<String> apiKey) {
        this.base = base;
        this.apiKey = apiKey;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    public URI base() {
        return base;
    }

    /** Asks and waits for the answer. */
    public Answer complete(byte[] body, Duration patience) throws InterruptedException {
        return send(request("/v1/chat/completions", patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /**
     * Asks for the answer in pieces.
     *
     * @param pieces gets each as it comes
     * @return the error where there was one, before or after some pieces
     */
    public Answer stream(byte[] body, Duration patience, Consumer<String> pieces) throws InterruptedException {
        HttpRequest request = request("/v1/chat/completions", patience)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream events = response.body()) {
                return response.statusCode() == 200
                        ? EventStream.read(response.headers(), events, pieces)
                        : new Answer(response.statusCode(), response.headers(), events.readAllBytes());
            }
        } catch (IOException failure) {
            throw new UnreachableGatewayException(base, failure);
        }
    }

    /** Hands a job in and returns when it is durable. */
    public Answer submit(byte[] body) throws InterruptedException {
        return send(request("/v1/chat/completions", Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A job as it stands, or as it ends if that is within the time. */
    public Answer job(String id, Duration wait) throws InterruptedException {
        HttpRequest.Builder request =
                request("/v1/jobs/" + id, wait.plus(MARGIN)).GET();
        return send(wait.isZero() ? request : request.header("Prefer", "wait=" + wait.toSeconds()));
    }

    /** Cancels a job; it may take a moment longer than the answer. */
    public Answer cancel(String id) throws InterruptedException {
        return send(request("/v1/jobs/" + id + "/cancel", Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /**
     * Has a job that ended without an answer gone at once more.
     *
     * @param model that is to answer this time; empty for the same one
     * @param key of all redrives of one key one makes a job
     */
    public Answer redrive(String id, Optional<String> model, String key) throws InterruptedException {
        byte[] body = JsonMapper.shared()
                .writeValueAsBytes(model.map(name -> Map.of("model", name)).orElseGet(Map::of));
        return send(request("/v1/jobs/" + id + "/redrive", Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** Has every process read the vendor catalog. */
    public Answer reload() throws InterruptedException {
        return send(request("/catalog/reload", RELOAD).POST(HttpRequest.BodyPublishers.noBody()));
    }

    public Answer get(String pathAndQuery) throws InterruptedException {
        return send(request(pathAndQuery, Duration.ofSeconds(30)).GET());
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new UnreachableGatewayException(base, failure);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A text as it stands in a URL's query. */
    public static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
