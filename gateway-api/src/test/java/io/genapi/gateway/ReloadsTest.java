package io.genapi.gateway;

import static io.genapi.gateway.Caller.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.tenant.ApiKey;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.kafka.HeartbeatRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A catalog that all processes are told to read. */
class ReloadsTest {

    private static final ApiKey OPERATOR = ApiKey.mint(new SecureRandom());

    @TempDir
    static Path data;

    @Test
    void allAreToldByKafkaAndNobodyIsSentAKey() throws Exception {
        Path catalog = Files.writeString(data.resolve("genapi.yaml"), catalog("m"));
        Map<String, String> settings = Map.of("genapi.catalog", catalog.toString());
        try (Stack stack = new Stack(data.resolve("kafka"), settings);
                RunningService second = stack.startGateway(settings);
                Caller caller = new Caller(stack.gateway().port());
                ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PeerDirectory peers = stack.gateway().part(PeerDirectory.class);
            Awaitility.await()
                    .until(() -> peers.alive(Heartbeat.Service.GATEWAY).stream()
                            .anyMatch(peer -> peer.address().getPort() == second.port()));
            Files.writeString(catalog, "vendors: [nonsense]");
            assertEquals(Map.of("refused", 2), outcomes(reload(caller)));
            Files.writeString(catalog, catalog("other"));
            Map<String, Integer> mended = outcomes(reload(caller));
            assertEquals(2, mended.getOrDefault("applied", 0) + mended.getOrDefault("unchanged", 0), mended::toString);

            List<Heartbeat.Service> services = List.of(Heartbeat.Service.GATEWAY, Heartbeat.Service.WORKER);
            for (Heartbeat.Service service : services) {
                announce(stack, service, URI.create("http://127.0.0.1:" + stranger.getLocalPort()));
            }
            Awaitility.await()
                    .until(() -> services.stream()
                            .allMatch(service -> peers.alive(service).stream()
                                    .anyMatch(peer -> peer.instance().equals("stranger"))));
            JsonNode answers = reload(caller);
            assertEquals(Map.of("unchanged", 2, "silent", 2), outcomes(answers));
            assertTrue(answers.toString().contains("It gave no answer (it has stopped)"), answers::toString);
            stranger.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, stranger::accept);
        }
    }

    private static JsonNode reload(Caller caller) throws Exception {
        HttpResponse<String> answer = caller.send(caller.request("/catalog/reload")
                .header("Authorization", "Bearer " + OPERATOR.text())
                .POST(BodyPublishers.noBody()));
        assertEquals(200, answer.statusCode(), answer.body());
        return json(answer).path("processes");
    }

    private static Map<String, Integer> outcomes(JsonNode answers) {
        Map<String, Integer> outcomes = new TreeMap<>();
        answers.forEach(answer -> outcomes.merge(answer.path("outcome").asString(), 1, Integer::sum));
        return outcomes;
    }

    private static void announce(Stack stack, Heartbeat.Service service, URI address) throws Exception {
        Instant now = Instant.now();
        Heartbeat heartbeat = new Heartbeat(
                service, "stranger", address, now, now, Duration.ofSeconds(2), false, List.of(), Optional.empty());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(HeartbeatRecords.write(heartbeat, TopicNames.STANDARD.control()))
                    .get();
        }
    }

    private static String catalog(String model) {
        return """
                vendors: { v: { base-url: 'http://127.0.0.1:1/v1' } }
                models: { %s: [{ vendor: v }] }
                tenants: { staff: { keys: [{ name: s, sha256: '%s' }], operator: true } }
                """.formatted(model, OPERATOR.hash().toHex());
    }
}
