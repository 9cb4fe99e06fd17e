package io.genapi.systemtests;

import io.genapi.chaos.http.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads one stream of server-sent events on a thread of its own, as any client without an SDK would. */
final class StreamedEvents implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<InputStream> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /** Returns when the response's headers are there. */
    private StreamedEvents(HttpRequest request) {
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        Thread.ofVirtual().start(this::read);
    }

    static StreamedEvents ask(Api api, String question, String... headers) {
        ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(Api.chatBody(Api.MODEL, question));
        return post(api, body.put("stream", true).toString(), headers);
    }

    static StreamedEvents post(Api api, String body, String... headers) {
        return send(api, "/v1/chat/completions", body, headers);
    }

    /** Posts JSON to any path that streams. */
    static StreamedEvents send(Api api, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.base() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return new StreamedEvents((headers.length == 0 ? request : request.headers(headers)).build());
    }

    static StreamedEvents follow(Api api, String job, String... headers) {
        return get(api, "/v1/jobs/" + job + "/stream", headers);
    }

    static StreamedEvents get(Api api, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.base() + path));
        return new StreamedEvents((headers.length == 0 ? request : request.headers(headers)).build());
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException broken) {
            lines.add("broken: " + broken.getMessage());
        } finally {
            ended = true;
        }
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String job() {
        return header("Genapi-Job-Id");
    }

    boolean hasEnded() {
        return ended;
    }

    /** The events' ids so far. */
    List<String> ids() {
        return after("id: ");
    }

    /** The events' data so far. */
    List<String> data() {
        return after("data: ");
    }

    private List<String> after(String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()))
                .toList();
    }

    boolean isWhole() {
        return !data().isEmpty() && data().getLast().equals("[DONE]");
    }

    /** The pieces so far. */
    List<JsonNode> chunks() {
        return data().stream()
                .filter(text -> text.startsWith("{"))
                .map(text -> JsonMapper.shared().readTree(text))
                .toList();
    }

    /** What the answer says so far. */
    String text() {
        return chunks().stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }

    /** Goes away, whether or not the stream has ended. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    @Override
    public String toString() {
        return status() + " " + lines;
    }
}
