package io.genapi.gateway;

import io.genapi.schemas.job.JobId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Reads one stream of server-sent events, line by line, on a thread of its own. */
final class StreamReader implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CompletableFuture<HttpResponse<InputStream>> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    StreamReader(HttpRequest.Builder request) {
        response = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.join().body(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException | java.util.concurrent.CompletionException broken) {
            lines.add("broken: " + broken.getMessage());
        } finally {
            ended = true;
        }
    }

    HttpResponse<InputStream> response() {
        return response.join();
    }

    boolean hasBegun() {
        return response.isDone();
    }

    JobId job() {
        return new JobId(Caller.header(response(), "Genapi-Job-Id"));
    }

    /** All lines so far, but the empty ones. */
    List<String> lines() {
        return lines.stream().filter(line -> !line.isEmpty()).toList();
    }

    List<String> ids() {
        return lines.stream().filter(line -> line.startsWith("id: ")).toList();
    }

    List<String> data() {
        return lines.stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** What the stream sent as data, once it has ended. */
    List<String> allData() {
        Awaitility.await().until(() -> ended);
        return data();
    }

    List<String> allLines() {
        Awaitility.await().until(() -> ended);
        return lines();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
