package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.Program;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.process.Spawned;
import io.genapi.runtime.tenant.ApiKey;
import io.genapi.simulator.receiver.Reaction;
import io.genapi.simulator.receiver.ReceivedWebhook;
import io.genapi.simulator.receiver.WebhookReceiver;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a request to a signed message at a receiver, and what an endpoint's owner can do about it. */
@SystemTest
final class WebhookLifeIT {

    private static final String FAILED = "job.failed";
    private static final String SUCCEEDED = "job.succeeded";

    private final Cluster cluster;
    private final WebhookReceiver receiver;
    private final List<String> endpoints = new ArrayList<>();

    WebhookLifeIT(Cluster cluster) throws Exception {
        this.cluster = cluster;
        this.receiver = WebhookReceiver.start();
    }

    @AfterEach
    void stop() {
        endpoints.forEach(id -> {
            var _ = cluster.api().send("DELETE", "/v1/webhook_endpoints/" + id, new byte[0]);
        });
        receiver.close();
    }

    private record Endpoint(String id, String path, String secret) {
        String url() {
            return "/v1/webhook_endpoints/" + id;
        }
    }

    /** At one gateway; the other one is asked for everything else. */
    private Endpoint register(String name, boolean isDefault, String... types) {
        String path = "/" + name;
        Answer made = cluster.gateways().getFirst().api().post("/v1/webhook_endpoints", """
                {"name": "%s", "url": "%s", "event_types": [%s], "default": %s}""".formatted(
                        name,
                        receiver.url(path),
                        IntStream.range(0, types.length)
                                .mapToObj(i -> '"' + types[i] + '"')
                                .collect(Collectors.joining(",")),
                        isDefault));
        assertEquals(200, made.status(), made::toString);
        String id = made.json().path("id").asString();
        endpoints.add(id);
        return new Endpoint(id, path, made.json().path("signing_secret").asString());
    }

    private Api api() {
        return cluster.gateways().getLast().api();
    }

    private Answer post(Endpoint endpoint, String action, String body) {
        return api().post(endpoint.url() + action, body);
    }

    /** The id of a job that asked for nothing but the endpoint to be told. */
    private String submitted(Endpoint endpoint, String question) {
        Answer job = api().submit(question, "Genapi-Webhook", endpoint.id());
        assertEquals(202, job.status(), job::toString);
        return job.jobId();
    }

    private static JsonNode event(ReceivedWebhook webhook) {
        return JsonMapper.shared().readTree(webhook.body());
    }

    private List<ReceivedWebhook> about(Endpoint endpoint, String subject) {
        return receiver.received(endpoint.path()).stream()
                .filter(webhook ->
                        event(webhook).path("data").path("id").asString("").equals(subject))
                .toList();
    }

    /** The newest message of that, which is signed as it should be. */
    private ReceivedWebhook told(Endpoint endpoint, String type, String subject) {
        Eventually.holds(
                endpoint.path() + " is told of " + subject,
                () -> !about(endpoint, subject).isEmpty());
        ReceivedWebhook webhook = about(endpoint, subject).getLast();
        assertEquals(type, event(webhook).path("type").asString());
        assertEquals("event", event(webhook).path("object").asString());
        assertEquals(webhook.id(), event(webhook).path("id").asString());
        assertVerified(webhook, endpoint.secret());
        return webhook;
    }

    private static void verify(ReceivedWebhook webhook, String secret)
            throws WebhookVerificationException, EmptyWebhookSecretException {
        Map<String, List<String>> headers = webhook.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        new Webhook(secret).verify(webhook.text(), headers);
    }

    private static void assertVerified(ReceivedWebhook webhook, String secret) {
        assertDoesNotThrow(() -> verify(webhook, secret));
    }

    @Test
    void tellsTheNamedEndpointOfWhateverNamesItHoweverItCameIn() {
        Endpoint endpoint = register("named", false, SUCCEEDED, FAILED, "response.completed", "batch.completed");
        String[] header = {"Genapi-Webhook", endpoint.id()};

        Answer waited = api().chat("told though somebody waits", header);
        assertEquals(200, waited.status(), waited::toString);
        Answer response = api().post("/v1/responses", """
                {"model": "%s", "input": "told in the background", "background": true}""".formatted(Api.MODEL), header);
        assertEquals(200, response.status(), response::toString);
        Answer batch = api().post(
                        "/v1/batches",
                        """
                {"input_file_id":"%s","endpoint":"/v1/chat/completions","completion_window":"24h"}""".formatted(Batches.upload(api(), Batches.lines("told as a batch ", 3))),
                        header);
        assertEquals(200, batch.status(), batch::toString);
        byte[] question = Api.chatBody(Api.MODEL, "told over Kafka").getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("genapi.requests.default", question);
        record.headers().add("webhook-endpoint", endpoint.id().getBytes(StandardCharsets.UTF_8));
        new Topics(cluster.kafka().bootstrapServers()).send(record);

        told(endpoint, SUCCEEDED, waited.jobId());
        told(endpoint, "response.completed", response.json().path("id").asString());
        told(endpoint, "batch.completed", batch.json().path("id").asString());
        Eventually.holds(
                "it is told of the record",
                () -> ofKafka(endpoint, waited.jobId()).isPresent());
        String byKafka = ofKafka(endpoint, waited.jobId()).orElseThrow();
        told(endpoint, SUCCEEDED, byKafka);
        assertEquals("You said: told over Kafka", cluster.ended(byKafka).content());
        // A batch's lines are no news of their own.
        assertEquals(4, receiver.received(endpoint.path()).size());
    }

    /** The job of the other request that was one. */
    private Optional<String> ofKafka(Endpoint endpoint, String known) {
        return receiver.received(endpoint.path()).stream()
                .map(WebhookLifeIT::event)
                .filter(event -> event.path("type").asString().equals(SUCCEEDED))
                .map(event -> event.path("data").path("id").asString())
                .filter(id -> !id.equals(known))
                .findFirst();
    }

    @Test
    void tellsDefaultEndpointsOfWhatTheyWantAndARedriveToWhomItsJobNamed() {
        Endpoint failures = register("failures", true, FAILED);
        Endpoint named = register("of-the-job", false, SUCCEEDED, FAILED);

        String fine = cluster.ended(api().submit("nobody cares").jobId()).jobId();
        cluster.simulator().garble(2);
        String broken = cluster.ended(api().submit("all hear of it").jobId()).jobId();
        String own = cluster.ended(submitted(named, "one hears of it")).jobId();
        told(failures, FAILED, broken);
        told(named, FAILED, own);

        Answer redriven = api().post("/v1/jobs/" + own + "/redrive", "{}");
        assertEquals(202, redriven.status(), redriven::toString);
        told(named, SUCCEEDED, redriven.jobId());
        assertEquals(1, receiver.received(failures.path()).size(), "not of " + fine + ", nor of " + own);
    }

    @Test
    void signsWithBothSecretsWhileOneReplacesTheOther() {
        Endpoint endpoint = register("rotating", false, SUCCEEDED);
        ReceivedWebhook before = told(endpoint, SUCCEEDED, submitted(endpoint, "before"));

        Answer rotated = post(endpoint, "/rotate_secret", "{}");
        assertEquals(200, rotated.status(), rotated::toString);
        String secret = rotated.json().path("signing_secret").asString();
        assertThrows(WebhookVerificationException.class, () -> verify(before, secret));
        // The old secret alone does for each of them.
        Eventually.holds(
                "messages are signed with both",
                () -> signature(told(endpoint, SUCCEEDED, submitted(endpoint, "meanwhile")))
                        .matches("v1,\\S+ v1,\\S+"));
        ReceivedWebhook meanwhile = told(endpoint, SUCCEEDED, submitted(endpoint, "still meanwhile"));
        assertVerified(meanwhile, secret);

        Answer leaked = post(endpoint, "/rotate_secret", "{\"keep_old_secret_active_for_24_hours\": false}");
        Endpoint renewed = new Endpoint(
                endpoint.id(),
                endpoint.path(),
                leaked.json().path("signing_secret").asString());
        Eventually.holds("the old one is no good any more", () -> {
            String job = submitted(renewed, "after");
            Eventually.holds("told", () -> !about(renewed, job).isEmpty());
            ReceivedWebhook after = about(renewed, job).getLast();
            return !signature(after).contains(" ") && isVerified(after, renewed.secret());
        });
        ReceivedWebhook after = told(renewed, SUCCEEDED, submitted(renewed, "long after"));
        assertThrows(WebhookVerificationException.class, () -> verify(after, endpoint.secret()));
        assertThrows(WebhookVerificationException.class, () -> verify(after, secret));
    }

    private static String signature(ReceivedWebhook webhook) {
        return webhook.headers().getOrDefault("webhook-signature", "");
    }

    private static boolean isVerified(ReceivedWebhook webhook, String secret) throws EmptyWebhookSecretException {
        try {
            verify(webhook, secret);
            return true;
        } catch (WebhookVerificationException _) {
            return false;
        }
    }

    @Test
    void showsAndRepeatsWhatAReceiverMissed() {
        Endpoint endpoint = register("down", false, SUCCEEDED);
        receiver.behave(endpoint.path(), new Reaction.BreakOff());
        String missed = submitted(endpoint, "missed");
        String event = told(endpoint, SUCCEEDED, missed).id();
        JsonNode shown = seen(endpoint, event, "pending");
        assertEquals(missed, shown.path("subject").asString());
        assertTrue(shown.path("attempts").get(0).path("status").isNull(), shown::toString);
        assertNotEquals("", shown.path("attempts").get(0).path("code").asString(""));

        receiver.behave(endpoint.path(), Reaction.ACCEPT);
        assertEquals(
                202,
                post(endpoint, "/redeliver", "{\"event_id\":\"%s\"}".formatted(event))
                        .status());
        JsonNode delivered = seen(endpoint, event, "delivered");
        assertEquals(
                "ok",
                delivered.path("attempts").values().stream()
                        .reduce((_, last) -> last)
                        .orElseThrow()
                        .path("response")
                        .asString());
        assertEquals(event, about(endpoint, missed).getLast().id(), "under the same id");

        Instant since = Instant.now().minusSeconds(60);
        receiver.behave(endpoint.path(), Reaction.status(410));
        // So that the first of them to fail does not keep the others from being asked for.
        cluster.simulator().hold();
        List<String> lost =
                List.of(submitted(endpoint, "lost 1"), submitted(endpoint, "lost 2"), submitted(endpoint, "lost 3"));
        cluster.simulator().release();
        Eventually.holds(
                "what it misses is given up",
                () -> deliveries(endpoint, "failed").size() == lost.size());
        // Its store shows what it has decided before the transaction ends that tells the gateways.
        Eventually.holds(
                "the gateway knows that it is disabled",
                () -> api().get(endpoint.url()).json().path("status").asString().equals("disabled"));
        assertEquals(409, post(endpoint, "/redeliver", "{\"failed_since\":1}").status());

        receiver.behave(endpoint.path(), Reaction.ACCEPT);
        assertEquals(200, post(endpoint, "", "{\"status\":\"enabled\"}").status());
        Answer all = post(endpoint, "/redeliver", "{\"failed_since\":\"%s\"}".formatted(since));
        assertEquals(202, all.status(), all::toString);
        Eventually.holds(
                "all are told again", () -> deliveries(endpoint, "delivered").size() == 1 + lost.size());
        lost.forEach(job -> told(endpoint, SUCCEEDED, job));

        Answer never = post(endpoint, "/redeliver", "{\"event_id\":\"evt_00000000000000000000000000\"}");
        assertEquals(404, never.status(), never::toString);
        assertEquals("webhook_delivery_not_found", never.errorCode());
    }

    /** The delivery when it stands so. */
    private JsonNode seen(Endpoint endpoint, String event, String status) {
        Answer[] last = new Answer[1];
        Eventually.holds(event + " is " + status, () -> {
            last[0] = api().get(endpoint.url() + "/deliveries/" + event);
            return last[0].status() == 200
                    && last[0].json().path("status").asString("").equals(status)
                    && !last[0].json().path("attempts").isEmpty();
        });
        return last[0].json();
    }

    private JsonNode deliveries(Endpoint endpoint, String status) {
        Answer page = api().get(endpoint.url() + "/deliveries?status=" + status);
        return page.status() == 200
                ? page.json().path("data")
                : JsonMapper.shared().createArrayNode();
    }

    @Test
    void isTriedByHandAndKnownToItsOwnerAlone() throws IOException {
        Endpoint endpoint = register("private", false, SUCCEEDED);

        Answer tried = post(endpoint, "/test", "{\"event_type\":\"job.succeeded\"}");
        assertEquals(200, tried.status(), tried::toString);
        assertEquals(200, tried.json().path("status_code").asInt());
        ReceivedWebhook example = receiver.received(endpoint.path()).getFirst();
        assertEquals(tried.json().path("event_id").asString(), example.id());
        assertVerified(example, endpoint.secret());
        assertEquals(0, deliveries(endpoint, "delivered").size(), "an example is no event");

        ApiKey key = ApiKey.mint(new SecureRandom());
        ServiceProcess gateway = gatewayOf(key);
        try (Spawned _ = gateway.process()) {
            assertStrange(gateway.awaitReady().api(), endpoint, example.id(), "Bearer " + key.text());
        }
    }

    /** One more gateway, for which the key's owner is the only tenant. */
    private ServiceProcess gatewayOf(ApiKey key) throws IOException {
        Path catalog = Files.writeString(cluster.directory().resolve("tenants.yaml"), """
                vendors: { v: { base-url: '%s' } }
                models: { %s: [{ vendor: v }] }
                tenants: { other: { keys: [{ name: o, sha256: '%s' }] } }
                """.formatted(
                        cluster.simulator().vendorUrl(), Api.MODEL, key.hash().toHex()));
        return ServiceProcess.start(
                Checkout.installation(),
                Program.GATEWAY,
                "gateway-of-other",
                cluster.directory(),
                List.of(
                        "--bootstrap",
                        cluster.kafka().bootstrapServers(),
                        "--set",
                        "genapi.kafka.partitions=" + cluster.partitions(),
                        "--config",
                        catalog.toString()),
                Map.of());
    }

    private static void assertStrange(Api other, Endpoint endpoint, String event, String key) {
        String[] bearer = {"Authorization", key};
        Answer list = other.get("/v1/webhook_endpoints", bearer);
        assertEquals(200, list.status(), list::toString);
        assertEquals(0, list.json().path("data").size(), list::toString);
        for (Answer foreign : List.of(
                other.get(endpoint.url(), bearer),
                other.get(endpoint.url() + "/deliveries", bearer),
                other.get(endpoint.url() + "/deliveries/" + event, bearer),
                other.post(endpoint.url(), "{\"name\":\"mine\"}", bearer),
                other.post(endpoint.url() + "/rotate_secret", "{}", bearer),
                other.post(endpoint.url() + "/test", "{\"event_type\":\"job.succeeded\"}", bearer),
                other.post(endpoint.url() + "/redeliver", "{\"failed_since\":1}", bearer),
                other.send("DELETE", endpoint.url(), new byte[0], bearer))) {
            assertEquals(404, foreign.status(), foreign::toString);
            assertEquals("webhook_endpoint_not_found", foreign.errorCode(), foreign::toString);
        }
        Answer named = other.chat("theirs", "Genapi-Webhook", endpoint.id(), bearer[0], bearer[1]);
        assertEquals("webhook_endpoint_unknown", named.errorCode(), named::toString);
    }
}
