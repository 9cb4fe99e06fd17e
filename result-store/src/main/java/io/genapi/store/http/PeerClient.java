package io.genapi.store.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other stores. Thread-safe. */
public final class PeerClient implements AutoCloseable {
    /** Says that a request was sent on already, and is to be answered by who gets it. */
    static final String FORWARDED = "Genapi-Forwarded";

    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /**
     * The peer's answer, whatever it is; empty if it cannot be reached.
     *
     * @param wait how long the peer may take on purpose
     */
    Optional<HttpResponse<byte[]>> get(URI peer, String pathAndQuery, Duration wait) throws InterruptedException {
        return send(request(peer, pathAndQuery, wait).GET().build());
    }

    /** As {@link #get}, with a document of JSON. */
    Optional<HttpResponse<byte[]>> post(URI peer, String path, byte[] document, Duration wait)
            throws InterruptedException {
        return send(request(peer, path, wait)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                .build());
    }

    private static HttpRequest.Builder request(URI peer, String pathAndQuery, Duration wait) {
        return HttpRequest.newBuilder(peer.resolve(pathAndQuery))
                .header(FORWARDED, "1")
                .timeout(wait.plus(PATIENCE));
    }

    private Optional<HttpResponse<byte[]>> send(HttpRequest request) throws InterruptedException {
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException unreachable) {
            LOG.atInfo()
                    .addKeyValue("peer", request.uri())
                    .addKeyValue("reason", unreachable)
                    .log("Another store could not be reached");
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
