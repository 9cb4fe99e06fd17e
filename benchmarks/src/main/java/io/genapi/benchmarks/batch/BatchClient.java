package io.genapi.benchmarks.batch;

import io.genapi.chaos.patience.GivenUpException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's batch API, by files that this process does not hold in memory either. */
final class BatchClient implements AutoCloseable {

    private static final String BOUNDARY = "genapi-bench-7f3a";
    private static final String FORM = """
            --%1$s\r
            Content-Disposition: form-data; name="purpose"\r
            \r
            batch\r
            --%1$s\r
            Content-Disposition: form-data; name="file"; filename="batch.jsonl"\r
            \r
            """.formatted(BOUNDARY);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;

    BatchClient(URI gateway) {
        this.gateway = gateway;
    }

    /** Returns the file's id. */
    String upload(Path file) throws IOException {
        BodyPublisher form = BodyPublishers.concat(
                BodyPublishers.ofString(FORM),
                BodyPublishers.ofFile(file),
                BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
        return json(request("/v1/files")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(form))
                .path("id")
                .asString();
    }

    /** Returns the batch's id. */
    String create(String file) {
        String body = """
                {"input_file_id":"%s","endpoint":"/v1/chat/completions","completion_window":"24h"}""".formatted(file);
        return json(request("/v1/batches")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .path("id")
                .asString();
    }

    JsonNode batch(String id) {
        return json(request("/v1/batches/" + id));
    }

    /** A file, line by line; to be closed. */
    Stream<String> lines(String file) {
        HttpResponse<Stream<String>> response =
                send(request("/v1/files/" + file + "/content"), HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new GivenUpException("the gateway answers with " + response.statusCode() + " when asked for " + file);
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path));
    }

    private JsonNode json(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new GivenUpException("the gateway answers with " + response.statusCode() + ": " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
