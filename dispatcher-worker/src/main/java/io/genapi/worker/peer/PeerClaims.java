package io.genapi.worker.peer;

import io.genapi.worker.intake.OtherWorkers;
import io.genapi.worker.intake.Partition;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all workers at once, each on a virtual thread. One that had something in hand is asked again also when it has not
 * been heard of for long: it may be cut off from Kafka and still at work. Thread-safe.
 */
public final class PeerClaims implements OtherWorkers {

    private static final Logger LOG = LoggerFactory.getLogger(PeerClaims.class);

    private final HttpClient http;
    private final Supplier<List<URI>> workers;
    private final Duration patience;
    private final Duration memory;
    private final InstantSource clock;

    /** Workers that had something in hand, and until when they may have it still. */
    private final Map<URI, Instant> holders = new ConcurrentHashMap<>();

    /**
     * @param workers where the others answer, asked at each claim
     * @param patience with each of them
     * @param memory how long one that had something in hand is asked again
     */
    public PeerClaims(Supplier<List<URI>> workers, Duration patience, Duration memory, InstantSource clock) {
        this.workers = workers;
        this.patience = patience;
        this.memory = memory;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public InHand claim(Set<Partition> partitions) throws InterruptedException {
        byte[] claim = ClaimDocument.claim(partitions);
        Map<Partition, Set<Long>> inHand = new HashMap<>();
        boolean everybodySaid = true;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Map<Partition, Set<Long>>>>> answers = new ArrayList<>();
            for (URI worker : toAsk()) {
                answers.add(threads.submit(() -> ask(worker, claim)));
            }
            for (Future<Optional<Map<Partition, Set<Long>>>> future : answers) {
                Optional<Map<Partition, Set<Long>>> answer = future.get();
                everybodySaid &= answer.isPresent();
                answer.orElse(Map.of())
                        .forEach((partition, offsets) -> inHand.computeIfAbsent(partition, _ -> new HashSet<>())
                                .addAll(offsets));
            }
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a claim on " + partitions + " failed", bug.getCause());
        }
        return new InHand(inHand, everybodySaid);
    }

    private Set<URI> toAsk() {
        Instant now = clock.instant();
        holders.values().removeIf(until -> !now.isBefore(until));
        Set<URI> all = new HashSet<>(workers.get());
        all.addAll(holders.keySet());
        return all;
    }

    /** Empty where it cannot be known; what is dead has nothing in hand. */
    private Optional<Map<Partition, Set<Long>>> ask(URI worker, byte[] claim) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker.resolve("/worker/claims"))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(claim))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 200) {
                Map<Partition, Set<Long>> inHand = ClaimDocument.readAnswer(response.body());
                if (!inHand.isEmpty()) {
                    holders.put(worker, clock.instant().plus(memory));
                }
                return Optional.of(inHand);
            }
            return unanswered(worker, "status " + response.statusCode());
        } catch (ConnectException failure) {
            if (isDead(worker)) {
                LOG.debug("{} is dead: its host lives, and nobody listens there", worker);
                holders.remove(worker);
                return Optional.of(Map.of());
            }
            return unanswered(worker, failure.toString());
        } catch (IOException | MalformedClaimException failure) {
            return unanswered(worker, failure.toString());
        }
    }

    /** The client above does not tell a refused connection from a host that is not found. */
    private boolean isDead(URI worker) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(worker.getHost(), worker.getPort()), (int) patience.toMillis());
            return false;
        } catch (ConnectException failure) {
            return String.valueOf(failure.getMessage()).contains("refused");
        } catch (IOException unknown) {
            return false;
        }
    }

    private static Optional<Map<Partition, Set<Long>>> unanswered(URI worker, String reason) {
        LOG.atInfo()
                .addKeyValue("worker", worker)
                .addKeyValue("reason", reason)
                .log("Another worker did not say which jobs it has in hand");
        return Optional.empty();
    }
}
