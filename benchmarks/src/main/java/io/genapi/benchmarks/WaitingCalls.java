package io.genapi.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Chat completions that wait for their answer, each with a nonce that must come back. */
final class WaitingCalls implements RoundTrip, AutoCloseable {

    private final URI endpoint;
    private final String padding;
    private final AtomicLong nonces = new AtomicLong();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param padding added to each question, to give it a size */
    WaitingCalls(URI gateway, String padding) {
        this.endpoint = URI.create(gateway + "/v1/chat/completions");
        this.padding = padding;
    }

    /** A request body with a nonce in its question. */
    static String body(String nonce, String padding) {
        return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"%s %s\"}]}"
                .formatted(nonce, padding);
    }

    @Override
    public void go() throws IOException, InterruptedException {
        String nonce = "nonce-" + nonces.incrementAndGet() + "-end";
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(HttpRequest.BodyPublishers.ofString(body(nonce, padding), StandardCharsets.UTF_8))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200 || !response.body().contains(nonce)) {
            throw new IOException("status %d, body %s".formatted(response.statusCode(), response.body()));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
