package io.genapi.worker.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFinishedJobsTest {

    private static final JobId JOB = JobId.mint(Instant.EPOCH, new Random(1));

    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @ParameterizedTest
    @CsvSource({
        "200, succeeded, true",
        "200, failed, true",
        "200, running, false",
        "200, queued, false",
        "404, , false",
        "410, , true"
    })
    void takesAStoresWordForIt(int status, String jobStatus, boolean finished) throws Exception {
        assertEquals(
                finished,
                asking(store(status, "{\"status\":\"" + jobStatus + "\"}")).isFinished(JOB, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, false", "3, false"})
    void knowsThatAJobThatWasParkedMoreOftenLivesOnElsewhere(int parkNumber, boolean finished) throws Exception {
        StoreFinishedJobs asking = asking(store(200, "{\"status\":\"parked\",\"park_number\":2}"));
        assertEquals(finished, asking.isFinished(JOB, parkNumber));
    }

    @Test
    void asksTheNextStoreWhereOneCannotKnow() throws Exception {
        URI nobody = store(200, "");
        servers.getLast().stop(0);
        URI catchingUp = store(503, "{}");
        URI rubbish = store(200, "not json");
        URI knowing = store(200, "{\"status\":\"succeeded\"}");
        assertEquals(true, asking(nobody, catchingUp, rubbish, knowing).isFinished(JOB, 0));
    }

    @Test
    void countsAJobAsNotFinishedWhereNobodyKnows() throws Exception {
        assertFalse(asking().isFinished(JOB, 0));
        assertFalse(asking(store(503, "{}")).isFinished(JOB, 0));
    }

    private static StoreFinishedJobs asking(URI... stores) {
        return new StoreFinishedJobs(() -> List.of(stores), Duration.ofSeconds(30));
    }

    private URI store(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/store/jobs/" + JOB, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
