package io.genapi.worker.store;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one result store at a time. Thread-safe. */
final class StoreClient {

    private static final Logger LOG = LoggerFactory.getLogger(StoreClient.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();

    /** The answer, whatever it is; empty where there is none in time. */
    Optional<HttpResponse<byte[]>> get(URI question, Duration patience) throws InterruptedException {
        return ask(HttpRequest.newBuilder(question).build(), patience);
    }

    /** As {@link #get}, with a document. */
    Optional<HttpResponse<byte[]>> post(URI question, JsonNode document, Duration patience)
            throws InterruptedException {
        return ask(
                HttpRequest.newBuilder(question)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(document)))
                        .build(),
                patience);
    }

    private Optional<HttpResponse<byte[]>> ask(HttpRequest question, Duration patience) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(question, BodyHandlers.ofByteArray());
        try {
            // A request's own timeout ends with the head of its answer; a store may hang later, too.
            return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException failure) {
            return unanswered(question.uri(), failure.toString());
        } finally {
            answer.cancel(true);
        }
    }

    /** What an answer of 200 says; empty where a store cannot tell, or is none. */
    static Optional<JsonNode> document(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            LOG.debug("{} is answered with status {}", answer.uri(), answer.statusCode());
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(answer.body()));
        } catch (JacksonException malformed) {
            return unanswered(answer.uri(), malformed.toString());
        }
    }

    private static <T> Optional<T> unanswered(URI question, String reason) {
        LOG.atInfo()
                .addKeyValue("question", question)
                .addKeyValue("reason", reason)
                .log("A result store did not answer");
        return Optional.empty();
    }
}
