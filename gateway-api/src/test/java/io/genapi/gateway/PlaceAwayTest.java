package io.genapi.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.StartException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A gateway whose place of blobs is not there when it starts, or is none of its own. */
class PlaceAwayTest {

    private static final Map<String, String> BATCH = Map.of("purpose", "batch");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private Path blobs;
    private Stack stack;

    @BeforeEach
    void start() throws Exception {
        blobs = data.resolve("blobs");
        stack = new Stack(data.resolve("kafka"), settings());
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    /** Every body is a large one. */
    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "genapi.blob.directory", blobs.toString(),
                "genapi.gateway.claim-check.threshold", "1B",
                "genapi.gateway.claim-check.min-free", "0B"));
    }

    @Test
    void startsWithoutAndComesToItWhenItIsBack() throws Exception {
        Path away = Files.move(blobs, data.resolve("away"));
        Map<String, String> settings = settings();
        settings.put("genapi.blob.create", "false");
        try (RunningService gateway = stack.startGateway(settings);
                Caller caller = new Caller(gateway.port())) {
            HttpResponse<String> refused = caller.send(FormUpload.of(caller, "a line", BATCH));
            assertEquals(503, refused.statusCode(), refused::body);
            assertEquals(
                    "blob_store_unavailable", Caller.error(refused).path("code").asString());
            assertTrue(Caller.error(refused).path("message").asString().contains("genapi.blob.directory"));
            awaitReady(caller);
            assertEquals(202, submit(caller, "gpt-4o-mini").statusCode());
            assertTrue(metrics(caller).contains("genapi_gateway_large_requests_total{body=\"in_record\"} 1.0"));
            assertTrue(Files.notExists(blobs));

            Files.move(away, blobs);

            HttpResponse<String> taken = caller.send(FormUpload.of(caller, "a line", BATCH));
            assertEquals(200, taken.statusCode(), taken::body);
        }
    }

    @Test
    void doesNotStartInAnotherBrokersPlace() throws IOException {
        Path mark = blobs.resolve("place.json");
        Files.write(
                mark,
                Files.readString(mark)
                        .replaceFirst("\"kafka_cluster\":\"[^\"]*\"", "\"kafka_cluster\":\"theirs\"")
                        .getBytes(UTF_8));

        StartException refused = assertThrows(StartException.class, () -> stack.startGateway(settings()));

        assertTrue(String.valueOf(refused.getMessage()).contains("'theirs'"), refused::toString);
        assertTrue(String.valueOf(refused.getMessage()).contains("genapi.blob.directory"), refused::toString);
    }

    @Test
    void doesNotStartWithAFileWhereADirectoryShouldBe() throws IOException {
        Map<String, String> settings = settings();
        Path file = Files.writeString(data.resolve("file"), "no directory");
        settings.put("genapi.blob.directory", file.toString());

        StartException refused = assertThrows(StartException.class, () -> stack.startGateway(settings));

        assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()), refused::toString);
    }

    @Test
    void putsNoBodyAwayWhereThatIsSwitchedOff() throws Exception {
        Map<String, String> settings = settings();
        settings.put("genapi.gateway.claim-check.enabled", "false");
        try (RunningService gateway = stack.startGateway(settings);
                Caller caller = new Caller(gateway.port())) {
            awaitReady(caller);
            assertEquals(202, submit(caller, "gpt-4o-mini").statusCode());

            assertTrue(!metrics(caller).contains("genapi_gateway_large_requests_total"));
            HttpResponse<String> taken = caller.send(FormUpload.of(caller, "a line", BATCH));
            assertEquals(200, taken.statusCode(), taken::body);
        }
    }

    /** A file that hangs costs whoever asks for it a while, and nobody else anything. */
    @Test
    void saysThatABodyWhichHangsCannotBeReadNow() throws Exception {
        stack.worker().announce(place());
        Map<String, String> settings = settings();
        settings.put("genapi.gateway.claim-check.patience", "1s");
        try (RunningService gateway = stack.startGateway(settings);
                Caller caller = new Caller(gateway.port())) {
            awaitReady(caller);
            List<String> paths = new ArrayList<>();
            // Not before the gateway has heard of the worker and looked at its place.
            await().atMost(PATIENCE).until(() -> {
                paths.add(Caller.header(submit(caller, "failing"), "Location"));
                return !bodies().isEmpty();
            });
            String path = paths.getLast();
            Path body = bodies().getFirst();
            await().atMost(PATIENCE).until(() -> caller.get(path).body().contains("\"failed\""));
            Files.delete(body);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", body.toString()).start().waitFor());
            try {
                for (int call = 0; call < 2; call++) {
                    HttpResponse<String> untold = caller.send(caller.request(path + "/redrive")
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.noBody()));
                    assertEquals(503, untold.statusCode(), untold::body);
                    assertEquals(
                            "store_unavailable",
                            Caller.error(untold).path("code").asString());
                    assertEquals("1", Caller.header(untold, "Retry-After"));
                }
                assertEquals(200, caller.get(path).statusCode());
            } finally {
                new RandomAccessFile(body.toFile(), "rw").close();
            }
        }
    }

    private String place() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readAllBytes(blobs.resolve("place.json")))
                .path("id")
                .asString();
    }

    private List<Path> bodies() throws IOException {
        try (Stream<Path> files = Files.list(blobs)) {
            return files.filter(file -> file.getFileName().toString().startsWith("claim-"))
                    .toList();
        }
    }

    private static void awaitReady(Caller caller) {
        await().atMost(PATIENCE).until(() -> caller.get("/health/ready").statusCode() == 200);
    }

    private static HttpResponse<String> submit(Caller caller, String model) throws Exception {
        return caller.send(caller.chat(Caller.body(model, "nonce-1")).header("Prefer", "respond-async"));
    }

    private static String metrics(Caller caller) throws Exception {
        return caller.get("/metrics").body();
    }
}
