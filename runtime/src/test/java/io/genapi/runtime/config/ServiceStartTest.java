package io.genapi.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceDefinition;
import io.genapi.runtime.service.ServiceLauncher;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.control.Heartbeat;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceStartTest {

    private static final ServiceDefinition DEFINITION =
            new ServiceDefinition(Heartbeat.Service.STORE, "probe", RuntimeConfiguration.class, 0, "A bare service.");

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(directory);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void answersProbesAndMetricsAndIsSeenByItsPeersUntilItStops() throws Exception {
        try (RunningService watcher = start(Map.of())) {
            PeerDirectory peers = watcher.part(PeerDirectory.class);
            try (RunningService service = start(Map.of())) {
                assertEquals(200, get(service, "/health/live").statusCode());
                assertEquals(200, get(service, "/health/ready").statusCode());
                assertTrue(get(service, "/metrics").body().contains("jvm_memory_used_bytes"));
                await().until(() -> ports(peers).contains(service.port()));
            }
            await().until(() -> ports(peers).equals(List.of(watcher.port())));
        }
    }

    /** The body never ends: whoever reads it whole has no answer. */
    @Test
    void readsNoFormsThatNobodyAskedFor() throws Exception {
        try (RunningService service = start(Map.of());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "PUT /health/live HTTP/1.1",
                                    "Host: localhost",
                                    "Transfer-Encoding: chunked",
                                    "Content-Type: application/x-www-form-urlencoded",
                                    "",
                                    "3",
                                    "a=b",
                                    "")
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals(
                    "HTTP/1.1 405",
                    new String(socket.getInputStream().readNBytes("HTTP/1.1 405".length()), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void refusesTopicsThatContradictTheSettings() {
        start(Map.of("genapi.kafka.topic-prefix", "few")).close();
        StartException refused = assertThrows(
                StartException.class,
                () -> start(Map.of("genapi.kafka.topic-prefix", "few", "genapi.kafka.partitions", "7")));
        assertEquals(
                "Topic 'few.requests.priority' has 3 partitions, but genapi.kafka.partitions is 7. Set it to 3, or start"
                        + " with another genapi.kafka.topic-prefix: jobs find their way by the number of partitions.",
                refused.getMessage());
    }

    @Test
    void namesThePortThatIsTaken() {
        try (RunningService first = start(Map.of())) {
            StartException refused =
                    assertThrows(StartException.class, () -> start(Map.of("server.port", first.port())));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("Port " + first.port() + " is in use."));
        }
    }

    @Test
    void namesTheSettingThatIsWrong() {
        StartException refused =
                assertThrows(StartException.class, () -> start(Map.of("genapi.kafka.partitions", "0")));
        assertTrue(String.valueOf(refused.getMessage())
                .contains("genapi.kafka.partitions is 0; set it to a number from 1 to 1000"));
    }

    @Test
    void refusesADefaultDeadlineThatOutlivesTheRequest() {
        StartException refused =
                assertThrows(StartException.class, () -> start(Map.of("genapi.jobs.default-deadline", "72h")));
        assertEquals(
                "genapi.jobs.default-deadline is PT72H, but Kafka keeps requests for PT48H (genapi.kafka.retention). Set"
                        + " the deadline to at most that, or the retention higher.",
                refused.getMessage());
    }

    private static RunningService start(Map<String, Object> properties) {
        Map<String, Object> all = new java.util.HashMap<>(Map.of(
                "genapi.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "genapi.kafka.partitions", 3,
                "server.port", 0));
        all.putAll(properties);
        return ServiceLauncher.start(DEFINITION, all);
    }

    private static List<Integer> ports(PeerDirectory peers) {
        return peers.alive(Heartbeat.Service.STORE).stream()
                .map(peer -> peer.address().getPort())
                .toList();
    }

    private static HttpResponse<String> get(RunningService service, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
