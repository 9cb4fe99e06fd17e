package io.genapi.chaos.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One server's HTTP API as any client sees it. Thread-safe. */
public final class Api {

    public static final String MODEL = "gpt-4o-mini";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    public Api(URI base) {
        this.base = base;
    }

    public URI base() {
        return base;
    }

    /** The simplest chat completion. */
    public static String chatBody(String model, String question) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        return body.toString();
    }

    /** Asks and waits for the answer. */
    public Answer chat(String question, String... headers) {
        return post("/v1/chat/completions", chatBody(MODEL, question), headers);
    }

    /** Hands a job in without waiting for its end. */
    public Answer submit(String question, String... headers) {
        return post("/v1/chat/completions", chatBody(MODEL, question), with(headers, "Prefer", "respond-async"));
    }

    public Answer job(String id) {
        return get("/v1/jobs/" + id);
    }

    /** A job when it ends, or as it stands after some seconds. */
    public Answer job(String id, int seconds) {
        return get("/v1/jobs/" + id, "Prefer", "wait=" + seconds);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    /** Posts JSON. */
    public Answer post(String path, String body, String... headers) {
        return send(
                "POST", path, body.getBytes(StandardCharsets.UTF_8), with(headers, "Content-Type", "application/json"));
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    /**
     * Sends anything.
     *
     * @param headers names and values by turns
     * @throws UncheckedIOException if there is no answer
     */
    public Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException("%s %s%s got no answer: %s".formatted(method, base, path, failure), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
