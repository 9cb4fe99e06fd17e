package io.genapi.store.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.genapi.schemas.job.JobId;
import io.genapi.schemas.job.JobStatus;
import io.genapi.store.job.Facts;
import io.genapi.store.job.JobState;
import io.genapi.store.job.States;
import io.genapi.store.query.KnownJobs;
import io.genapi.store.query.Owners;
import io.genapi.store.query.Ownership;
import io.genapi.store.query.Standing;
import io.genapi.store.query.StandingLookup;
import io.genapi.store.query.Standings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandingRouterTest {
    private final Random random = new Random(1);
    private final KnownJobs jobs = new KnownJobs();
    private final Map<JobId, Ownership> owners = new HashMap<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final PeerClient peers = new PeerClient();
    private final StandingRouter router =
            new StandingRouter(new StandingLookup(jobs, (partitions, _) -> partitions), new KnownOwners(owners), peers);

    @AfterEach
    void stop() {
        end.countDown();
        peers.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void asksAllPeersAtOnce() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);
        List<JobId> ids = new ArrayList<>();
        for (int peer = 0; peer < 3; peer++) {
            ids.add(of(peer(exchange -> {
                await(all);
                answer(exchange);
            })));
        }
        Standings answer = router.find(ids, Duration.ofSeconds(20));
        assertEquals(List.of(), answer.unknown());
        assertEquals(Set.copyOf(ids), ids(answer));
    }

    @Test
    void aPeerThatHangsLeavesNoDoubtAboutTheJobsOfOthers() throws Exception {
        JobState here = States.queued(id());
        jobs.put(0, here);
        owners.put(here.id(), new Ownership.Here());
        JobId hung = of(peer(this::hang));
        JobId there = of(peer(StandingRouterTest::answer));
        JobId halfHung = of(peer(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            hang(exchange);
        }));
        Standings answer = router.find(List.of(hung, here.id(), there, halfHung), Duration.ofMillis(200));
        assertEquals(Set.of(here.id(), there), ids(answer));
        assertEquals(Set.of(hung, halfHung), Set.copyOf(answer.unknown()));
    }

    @Test
    void whatACopyKnowsOfTheJobsOfAPeerThatDoesNotAnswerCounts() throws Exception {
        JobState ended = States.ended(of(peer(exchange -> exchange.sendResponseHeaders(503, -1))));
        jobs.putCopy(ended);
        JobState unclear = States.ended(id());
        jobs.putCopy(unclear);
        owners.put(unclear.id(), new Ownership.Unclear("it moves"));
        Standings answer = router.find(List.of(ended.id(), unclear.id()), Duration.ofSeconds(20));
        assertEquals(Set.of(ended.id(), unclear.id()), ids(answer));
        assertEquals(List.of(), answer.unknown());
    }

    @Test
    void leavesPeersLessPatienceThanTheAskerHasSoThatTheirAnswersCanTravel() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        JobId there = of(peer(exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            answer(exchange);
        }));
        assertEquals(Set.of(there), ids(router.find(List.of(there), Duration.ofSeconds(10))));
        assertEquals(Set.of(there), ids(router.find(List.of(there), Duration.ZERO)));
        assertEquals(List.of("wait_ms=9000", "wait_ms=0"), asked);
    }

    private record KnownOwners(Map<JobId, Ownership> owners) implements Owners {
        @Override
        public Ownership of(JobId id) {
            return owners.getOrDefault(id, new Ownership.Unclear("nobody has it"));
        }

        @Override
        public List<URI> others() {
            return List.of();
        }
    }

    private static Set<JobId> ids(Standings answer) {
        Set<JobId> ids = new HashSet<>();
        answer.known().forEach(job -> ids.add(job.id()));
        return ids;
    }

    private JobId id() {
        return JobId.mint(Facts.NOON, random);
    }

    /** A job that a peer has. */
    private JobId of(URI peer) {
        JobId id = id();
        owners.put(id, new Ownership.There(List.of(peer)));
        return id;
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    private URI peer(Answering answering) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/store/standings", answering::answer);
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Knows all that it is asked about. */
    private static void answer(HttpExchange exchange) throws IOException {
        List<Standing> known = StandingDocument.readQuestion(
                        exchange.getRequestBody().readAllBytes())
                .stream()
                .map(id -> new Standing(id, JobStatus.RUNNING, 0))
                .toList();
        byte[] document = StandingDocument.answer(new Standings(known, List.of()));
        exchange.sendResponseHeaders(200, document.length);
        exchange.getResponseBody().write(document);
        exchange.close();
    }

    private void hang(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
