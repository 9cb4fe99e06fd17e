package io.genapi.store;

import io.genapi.schemas.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a store as a gateway does. */
final class StoreClient {
    private static final JsonMapper JSON = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    StoreClient(int port) {
        this.port = port;
    }

    Answer job(JobId id, Duration wait) {
        return get("/store/jobs/" + id + "?wait_ms=" + wait.toMillis());
    }

    Answer get(String pathAndQuery) {
        return send(request(pathAndQuery).build());
    }

    Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery));
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Answer(int status, byte[] body) {
        String text() {
            return status + " " + new String(body, StandardCharsets.UTF_8);
        }

        /** @param path names, and places in arrays */
        String field(Object... path) {
            JsonNode node = JSON.readTree(body);
            for (Object step : path) {
                node = step instanceof Integer place ? node.path(place) : node.path(step.toString());
            }
            return node.asString();
        }

        List<JobId> ids() {
            return JSON.readTree(body)
                    .path("data")
                    .valueStream()
                    .map(job -> new JobId(job.path("id").asString()))
                    .toList();
        }

        /** The bytes of the document's last property. */
        byte[] slice(String lastProperty) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            int from = text.indexOf("\"" + lastProperty + "\":") + lastProperty.length() + 3;
            return Arrays.copyOfRange(body, from, body.length - 1);
        }
    }
}
