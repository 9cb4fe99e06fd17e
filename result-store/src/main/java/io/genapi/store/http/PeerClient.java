package io.genapi.store.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
        return send(request(peer, pathAndQuery).GET().build(), wait.plus(PATIENCE));
    }

    /**
     * As {@link #get}, with a document of JSON.
     *
     * @param patience with the peer in all
     */
    Optional<HttpResponse<byte[]>> post(URI peer, String path, byte[] document, Duration patience)
            throws InterruptedException {
        HttpRequest request = request(peer, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                .build();
        return send(request, patience);
    }

    private static HttpRequest.Builder request(URI peer, String pathAndQuery) {
        return HttpRequest.newBuilder(peer.resolve(pathAndQuery)).header(FORWARDED, "1");
    }

    private Optional<HttpResponse<byte[]>> send(HttpRequest request, Duration patience) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            // A request's own timeout ends with the head of its answer; a peer may hang later, too.
            return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException unreachable) {
            LOG.atInfo()
                    .addKeyValue("peer", request.uri())
                    .addKeyValue("reason", unreachable)
                    .log("Another store could not be reached");
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
