package io.genapi.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.tenant.ApiKey;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.kafka.WebhookEndpointRecords.Owner;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.KeptSecret;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One tenant's webhook endpoints, changed at two gateways at the same time. */
class ConcurrentEndpointsTest {

    private static final ApiKey ACME = ApiKey.mint(new SecureRandom());
    private static final ApiKey CROWDED = ApiKey.mint(new SecureRandom());
    private static final int LIMIT = 10;
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    static Path data;

    private static Stack stack;
    private static RunningService other;
    private static List<Caller> gateways = List.of();

    @BeforeAll
    static void start() throws Exception {
        Path catalog = Files.writeString(data.resolve("genapi.yaml"), """
                vendors: { v: { base-url: 'http://127.0.0.1:1/v1' } }
                models: { gpt-4o-mini: [{ vendor: v }] }
                tenants:
                  acme: { keys: [{ name: a, sha256: '%s' }] }
                  crowded: { keys: [{ name: c, sha256: '%s' }] }
                """.formatted(
                        ACME.hash().toHex(), CROWDED.hash().toHex()));
        Map<String, String> settings = Map.of(
                "genapi.catalog",
                catalog.toString(),
                "genapi.webhook.allow-loopback",
                "true",
                "genapi.gateway.webhook.max-endpoints",
                Integer.toString(LIMIT));
        stack = new Stack(data.resolve("kafka"), settings);
        other = stack.startGateway(settings);
        gateways = List.of(new Caller(stack.gateway().port()), new Caller(other.port()));
        Awaitility.await().until(() -> list(ACME).size() == 0);
    }

    @AfterAll
    static void stop() {
        gateways.forEach(Caller::close);
        other.close();
        stack.close();
    }

    private static HttpResponse<String> post(int gateway, String path, String body, ApiKey key) throws Exception {
        return send(gateway, path, request -> request.POST(BodyPublishers.ofString(body)), key);
    }

    private static HttpResponse<String> send(int gateway, String path, Consumer<HttpRequest.Builder> how, ApiKey key)
            throws Exception {
        Caller at = gateways.get(gateway);
        HttpRequest.Builder request = at.request(path)
                .header("Authorization", "Bearer " + key.text())
                .header("Content-Type", "application/json");
        how.accept(request);
        return at.send(request);
    }

    private static JsonNode changed(int gateway, String path, String body) throws Exception {
        HttpResponse<String> response = post(gateway, path, body, ACME);
        assertEquals(200, response.statusCode(), response::body);
        return Caller.json(response);
    }

    private static JsonNode list(ApiKey key) throws Exception {
        return Caller.json(send(1, "/v1/webhook_endpoints?limit=100", HttpRequest.Builder::GET, key))
                .path("data");
    }

    private static String wish(String name) {
        return "{\"name\":\"%s\",\"url\":\"http://127.0.0.1:9/hooks\",\"event_types\":[\"job.failed\"]}"
                .formatted(name);
    }

    private static String path(JsonNode endpoint) {
        return "/v1/webhook_endpoints/" + endpoint.path("id").asString();
    }

    private static void delete(JsonNode endpoint) throws Exception {
        var _ = send(0, path(endpoint), HttpRequest.Builder::DELETE, ACME);
    }

    /** At the same time, as far as that goes. */
    private static <T> List<T> together(List<Callable<T>> all) throws Exception {
        List<T> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = all.stream().map(threads::submit).toList();
            for (Future<T> one : running) {
                answers.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        }
        return answers;
    }

    /** One after another. */
    private static Callable<List<JsonNode>> times(int count, int gateway, String path, List<String> bodies) {
        return () -> {
            List<JsonNode> answers = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                answers.add(changed(gateway, path, bodies.get(number % bodies.size())));
            }
            return answers;
        };
    }

    @Test
    void noRotationOfASecretIsLost() throws Exception {
        JsonNode made = changed(0, "/v1/webhook_endpoints", wish("rotating"));
        String rotate = path(made) + "/rotate_secret";

        List<List<JsonNode>> answers = together(List.of(
                times(15, 0, rotate, List.of("{}")),
                times(15, 1, rotate, List.of("{}")),
                times(15, 1, rotate, List.of("{}"))));

        List<WebhookEndpoint> history = history(made);
        assertEquals(46, history.size());
        for (int number = 1; number < history.size(); number++) {
            assertEquals(
                    Optional.of(history.get(number - 1).secret()),
                    history.get(number).retiring().map(WebhookEndpoint.RetiringSecret::secret),
                    "each secret was valid beside the next one");
        }
        Set<String> told = answers.stream()
                .flatMap(List::stream)
                .map(answer -> answer.path("signing_secret").asString())
                .collect(Collectors.toSet());
        assertEquals(45, told.size());
        assertEquals(
                told,
                history.stream().skip(1).map(ConcurrentEndpointsTest::secret).collect(Collectors.toSet()));
        delete(made);
    }

    @Test
    void changesOfDifferentFieldsAllCount() throws Exception {
        JsonNode made = changed(0, "/v1/webhook_endpoints", wish("changing"));
        List<String> names = List.of("{\"name\":\"a\"}", "{\"name\":\"b\"}", "{\"name\":\"last\"}");
        List<String> switches = List.of("{\"default\":false}", "{\"default\":true}");

        List<List<JsonNode>> answers =
                together(List.of(times(15, 0, path(made), names), times(15, 1, path(made), switches)));

        for (int number = 0; number < 15; number++) {
            assertTrue(names.get(number % 3)
                    .contains(answers.getFirst().get(number).path("name").asString()));
            assertEquals(
                    number % 2 == 1,
                    answers.getLast().get(number).path("default").asBoolean());
        }
        JsonNode ended = list(ACME).findParents("id").stream()
                .filter(one -> one.path("id").equals(made.path("id")))
                .findFirst()
                .orElseThrow();
        assertEquals("last", ended.path("name").asString());
        assertEquals(false, ended.path("default").asBoolean(true));
        assertEquals(31, history(made).size());
        delete(made);
    }

    @Test
    void noChangeBringsBackWhatIsDeleted() throws Exception {
        for (int round = 0; round < 12; round++) {
            JsonNode made = changed(0, "/v1/webhook_endpoints", wish("deleted"));
            String path = path(made);

            List<Integer> statuses = together(List.of(
                    () -> post(0, path, "{\"name\":\"back\"}", ACME).statusCode(),
                    () -> send(1, path, HttpRequest.Builder::DELETE, ACME).statusCode(),
                    () -> post(0, path + "/rotate_secret", "{}", ACME).statusCode()));

            assertEquals(200, statuses.get(1));
            assertTrue(Set.of(200, 404).containsAll(statuses), statuses::toString);
            for (int gateway = 0; gateway < 2; gateway++) {
                assertEquals(
                        404, send(gateway, path, HttpRequest.Builder::GET, ACME).statusCode());
            }
        }
    }

    @Test
    void gatewaysTogetherKeepToTheLimit() throws Exception {
        List<Callable<Integer>> wishes = new ArrayList<>();
        for (int number = 0; number < 2 * LIMIT; number++) {
            String body = wish("crowd-" + number);
            int gateway = number % 2;
            wishes.add(
                    () -> post(gateway, "/v1/webhook_endpoints", body, CROWDED).statusCode());
        }

        List<Integer> statuses = together(wishes);

        assertEquals(LIMIT, statuses.stream().filter(status -> status == 200).count(), statuses::toString);
        assertEquals(LIMIT, list(CROWDED).size());
    }

    @Test
    void oneIdempotencyKeyMakesOneEndpointAndAnotherOneWhenThatIsGone() throws Exception {
        List<Callable<JsonNode>> wishes = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            int gateway = number % 2;
            wishes.add(() -> Caller.json(withKey(gateway)));
        }

        List<JsonNode> answers = together(wishes);

        Set<JsonNode> ids = answers.stream().map(answer -> answer.path("id")).collect(Collectors.toSet());
        assertEquals(1, ids.size(), answers::toString);
        assertEquals(
                1,
                answers.stream()
                        .map(answer -> answer.path("signing_secret").asString())
                        .distinct()
                        .count());
        delete(answers.getFirst());
        JsonNode anew = Caller.json(withKey(1));
        assertTrue(anew.path("id").asString().startsWith("we_"), anew::toString);
        assertTrue(!ids.contains(anew.path("id")), "what is for the one that is gone is not for the new one");
        delete(anew);
    }

    private static HttpResponse<String> withKey(int gateway) throws Exception {
        return send(
                gateway,
                "/v1/webhook_endpoints",
                request -> request.header("Idempotency-Key", "once").POST(BodyPublishers.ofString(wish("once"))),
                ACME);
    }

    private static String secret(WebhookEndpoint endpoint) {
        return switch (endpoint.secret()) {
            case KeptSecret.Open(var open) -> open.value();
            case KeptSecret.Shut shut -> shut.sealed();
        };
    }

    /** All that was committed of an endpoint. */
    private static List<WebhookEndpoint> history(JsonNode endpoint) {
        Owner owner = new Owner(
                new TenantId("acme"), new EndpointId(endpoint.path("id").asString()));
        List<WebhookEndpoint> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.kafka().bootstrapServers(),
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition part = new TopicPartition(TopicNames.STANDARD.webhookEndpoints(), 0);
            consumer.assign(List.of(part));
            long end = consumer.endOffsets(List.of(part)).getOrDefault(part, 0L);
            while (consumer.position(part) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (WebhookEndpointRecords.endpointOf(record).equals(Optional.of(owner))) {
                        WebhookEndpointRecords.readEndpoint(record, SecretSeal.NONE)
                                .ifPresent(all::add);
                    }
                });
            }
        }
        return all;
    }
}
