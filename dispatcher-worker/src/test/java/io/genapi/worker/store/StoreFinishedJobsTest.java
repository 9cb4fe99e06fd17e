package io.genapi.worker.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.genapi.schemas.job.JobId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class StoreFinishedJobsTest {

    private static final JobId JOB = JobId.mint(Instant.EPOCH, new Random(1));
    private static final String UNKNOWN = "{\"jobs\":[],\"unknown\":[\"%s\"]}".formatted(JOB);

    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @ParameterizedTest
    @CsvSource({"succeeded, true", "failed, true", "cancelled, true", "expired, true", "running, false", "queued, false"
    })
    void takesAStoresWordForIt(String status, boolean finished) throws Exception {
        assertEquals(finished, asking(store(200, known(status, 0))).isFinished(JOB, 0));
    }

    @Test
    void aJobThatNoStoreHasHeardOfHasNotEnded() throws Exception {
        assertFalse(asking(store(200, "{\"jobs\":[],\"unknown\":[]}")).isFinished(JOB, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, false", "3, false"})
    void knowsThatAJobThatWasParkedMoreOftenLivesOnElsewhere(int parkNumber, boolean finished) throws Exception {
        assertEquals(finished, asking(store(200, known("parked", 2))).isFinished(JOB, parkNumber));
    }

    @Test
    void asksTheNextStoreWhereOneCannotKnow() throws Exception {
        URI nobody = store(200, "");
        servers.getLast().stop(0);
        URI broken = store(503, "{}");
        URI rubbish = store(200, "not json");
        URI noStore = store(200, "{}");
        URI catchingUp = store(200, UNKNOWN);
        URI knowing = store(200, known("succeeded", 0));
        assertTrue(asking(nobody, broken, rubbish, noStore, catchingUp, knowing).isFinished(JOB, 0));
    }

    @Test
    void believesAStoreThatIsCatchingUpThatAJobWasParkedSoOftenAtLeast() throws Exception {
        String atLeast = "{\"jobs\":[%s],\"unknown\":[\"%s\"]}".formatted(job(JOB, "parked", 2), JOB);
        assertTrue(asking(store(200, atLeast)).isFinished(JOB, 1));
        assertFalse(asking(store(200, atLeast)).isFinished(JOB, 2));
        // It may have ended since.
        URI knowing = store(200, known("succeeded", 2));
        assertTrue(asking(store(200, atLeast), knowing).isFinished(JOB, 2));
        assertTrue(asking(store(200, atLeast), store(200, UNKNOWN)).isFinished(JOB, 1));
    }

    @Test
    void countsAJobAsNotFinishedWhereNobodyKnows() throws Exception {
        assertFalse(asking().isFinished(JOB, 0));
        assertFalse(asking(store(503, "{}")).isFinished(JOB, 0));
        assertFalse(asking(store(200, UNKNOWN)).isFinished(JOB, 0));
    }

    @Test
    void jobsThatAreAskedAboutTogetherAreOneQuestion() throws Exception {
        List<JobId> questions = new CopyOnWriteArrayList<>();
        JobId other = JobId.mint(Instant.EPOCH, new Random(2));
        URI store = store(200, question -> {
            questions.addAll(question);
            return known("succeeded", 0);
        });
        StoreFinishedJobs finished =
                new StoreFinishedJobs(() -> List.of(store), Duration.ofSeconds(30), Duration.ofSeconds(30));
        // As many as a store takes end the wait for more.
        Random random = new Random(3);
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers.add(threads.submit(() -> finished.isFinished(JOB, 0)));
            answers.add(threads.submit(() -> finished.isFinished(other, 0)));
            for (int more = 2; more < StoreQuestions.MOST; more++) {
                JobId job = JobId.mint(Instant.EPOCH, random);
                answers.add(threads.submit(() -> finished.isFinished(job, 0)));
            }
        }
        assertTrue(answers.get(0).get());
        assertFalse(answers.get(1).get());
        assertEquals(StoreQuestions.MOST, questions.size());
    }

    private static StoreFinishedJobs asking(URI... stores) {
        return new StoreFinishedJobs(() -> List.of(stores), Duration.ofSeconds(30), Duration.ZERO);
    }

    private static String known(String status, int parkNumber) {
        return "{\"jobs\":[%s],\"unknown\":[]}".formatted(job(JOB, status, parkNumber));
    }

    private static String job(JobId id, String status, int parkNumber) {
        return "{\"id\":\"%s\",\"status\":\"%s\",\"park_number\":%d}".formatted(id, status, parkNumber);
    }

    private URI store(int status, String body) throws IOException {
        return store(status, _ -> body);
    }

    private URI store(int status, Function<List<JobId>, String> answering) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/store/standings", exchange -> {
            List<JobId> question = JsonMapper.shared()
                    .readTree(exchange.getRequestBody().readAllBytes())
                    .path("ids")
                    .valueStream()
                    .map(id -> new JobId(id.stringValue()))
                    .toList();
            byte[] bytes = answering.apply(question).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
