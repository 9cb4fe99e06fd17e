package io.genapi.worker.peer;

import io.genapi.worker.intake.OtherWorkers;
import io.genapi.worker.intake.Partition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all workers at once, each on a virtual thread. */
public final class PeerClaims implements OtherWorkers {

    private static final Logger LOG = LoggerFactory.getLogger(PeerClaims.class);

    private final HttpClient http;
    private final Supplier<List<URI>> workers;
    private final Duration patience;

    /**
     * @param workers where the others answer, asked at each claim
     * @param patience with each of them
     */
    public PeerClaims(Supplier<List<URI>> workers, Duration patience) {
        this.workers = workers;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public Map<Partition, Set<Long>> claim(Set<Partition> partitions) throws InterruptedException {
        byte[] claim = ClaimDocument.claim(partitions);
        Map<Partition, Set<Long>> inHand = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<Partition, Set<Long>>>> answers = new ArrayList<>();
            for (URI worker : workers.get()) {
                answers.add(threads.submit(() -> ask(worker.resolve("/worker/claims"), claim)));
            }
            for (Future<Map<Partition, Set<Long>>> answer : answers) {
                answer.get()
                        .forEach((partition, offsets) -> inHand.computeIfAbsent(partition, _ -> new HashSet<>())
                                .addAll(offsets));
            }
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a claim on " + partitions + " failed", bug.getCause());
        }
        return inHand;
    }

    private Map<Partition, Set<Long>> ask(URI worker, byte[] claim) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(claim))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 200) {
                return ClaimDocument.readAnswer(response.body());
            }
            unanswered(worker, "status " + response.statusCode());
        } catch (IOException | MalformedClaimException failure) {
            unanswered(worker, failure.toString());
        }
        return Map.of();
    }

    /** Most often since it is dead. */
    private static void unanswered(URI worker, String reason) {
        LOG.atInfo()
                .addKeyValue("worker", worker)
                .addKeyValue("reason", reason)
                .log("Another worker did not say which jobs it has in hand");
    }
}
