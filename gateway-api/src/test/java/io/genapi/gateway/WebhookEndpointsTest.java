package io.genapi.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.secret.file.SecretsKey;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.tenant.ApiKey;
import io.genapi.schemas.job.Audience;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.RedeliveryRecords;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.schemas.kafka.WebhookEndpointRecords;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.schemas.webhook.SecretSeal;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WebhookEndpointsTest {

    private static final String TOPIC = TopicNames.STANDARD.webhookEndpoints();
    private static final ApiKey ACME = ApiKey.mint(new SecureRandom());
    private static final ApiKey OTHER = ApiKey.mint(new SecureRandom());
    private static final ApiKey CROWDED = ApiKey.mint(new SecureRandom());
    private static final ApiKey LIMITED = ApiKey.mint(new SecureRandom());

    @TempDir
    static Path data;

    private static Map<String, String> settings = Map.of();
    private static Stack stack;
    private static Caller caller;
    private static RunningService other;
    private static Caller elsewhere;

    @BeforeAll
    static void start() throws Exception {
        Path catalog = Files.writeString(data.resolve("genapi.yaml"), """
                vendors: { v: { base-url: 'http://127.0.0.1:1/v1' } }
                models: { gpt-4o-mini: [{ vendor: v }], failing: [{ vendor: v }] }
                tenants:
                  acme: { keys: [{ name: a, sha256: '%s' }] }
                  other: { keys: [{ name: o, sha256: '%s' }] }
                  crowded: { keys: [{ name: c, sha256: '%s' }] }
                  limited: { keys: [{ name: l, sha256: '%s' }], requests-per-minute: 1 }
                """.formatted(
                        ACME.hash().toHex(),
                        OTHER.hash().toHex(),
                        CROWDED.hash().toHex(),
                        LIMITED.hash().toHex()));
        settings = Map.of(
                "genapi.catalog",
                catalog.toString(),
                "genapi.blob.directory",
                data.resolve("blobs").toString(),
                "genapi.webhook.allow-loopback",
                "true",
                "genapi.gateway.webhook.max-endpoints",
                "30");
        stack = new Stack(data.resolve("kafka"), settings);
        other = stack.startGateway(settings);
        caller = new Caller(stack.gateway().port());
        elsewhere = new Caller(other.port());
        Awaitility.await().until(() -> get(caller, "/v1/jobs").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        elsewhere.close();
        other.close();
        stack.close();
    }

    private static String wish(String name, String more) {
        return "{\"name\":\"%s\",\"url\":\"http://127.0.0.1:9/hooks\",\"event_types\":[\"job.failed\",\"job.succeeded\"]%s}"
                .formatted(name, more);
    }

    private static HttpRequest.Builder post(Caller at, String path, String body, ApiKey key) {
        return at.request(path)
                .header("Authorization", "Bearer " + key.text())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> create(String body) throws Exception {
        return caller.send(post(caller, "/v1/webhook_endpoints", body, ACME));
    }

    private static JsonNode created(String body) throws Exception {
        HttpResponse<String> response = create(body);
        assertEquals(200, response.statusCode(), response::body);
        return Caller.json(response);
    }

    private static HttpResponse<String> get(Caller at, String path) throws Exception {
        return at.send(at.request(path).header("Authorization", "Bearer " + ACME.text()));
    }

    private static String path(JsonNode endpoint) {
        return "/v1/webhook_endpoints/" + endpoint.path("id").asString();
    }

    @Test
    void makesAnEndpointThatEveryGatewayKnowsAtOnceAndShowsItsSecretOnce() throws Exception {
        JsonNode made = created(wish("orders", ""));

        assertEquals("webhook_endpoint", made.path("object").asString());
        assertTrue(made.path("signing_secret").asString().startsWith("whsec_"));
        assertTrue(made.path("default").asBoolean());
        assertFalse(made.path("include_result").asBoolean());
        assertEquals("enabled", made.path("status").asString());
        JsonNode shown = Caller.json(get(elsewhere, path(made)));
        assertTrue(shown.path("signing_secret").isMissingNode());
        assertEquals(made.path("signing_secret_hint"), shown.path("signing_secret_hint"));
        assertEquals(made.path("created_at"), shown.path("updated_at"));
        assertEquals(
                "[\"job.succeeded\",\"job.failed\"]", shown.path("event_types").toString());
    }

    @Test
    void changesWhatItIsAskedToAndNothingElse() throws Exception {
        JsonNode made = created(wish("changing", ""));

        HttpResponse<String> changed = elsewhere.send(post(
                elsewhere,
                path(made),
                "{\"name\":\"changed\",\"include_result\":true,\"default\":false,\"status\":\"disabled\"}",
                ACME));

        assertEquals(200, changed.statusCode(), changed::body);
        JsonNode shown = Caller.json(get(caller, path(made)));
        assertEquals(Caller.json(changed), shown);
        assertEquals("changed", shown.path("name").asString());
        assertTrue(shown.path("include_result").asBoolean());
        assertFalse(shown.path("default").asBoolean());
        assertEquals("disabled", shown.path("status").asString());
        assertEquals(made.path("url"), shown.path("url"));
        assertEquals(made.path("signing_secret_hint"), shown.path("signing_secret_hint"));
        JsonNode same = Caller.json(elsewhere.send(post(elsewhere, path(made), "{\"name\":\"changed\"}", ACME)));
        assertEquals(shown, same);
    }

    @Test
    void forgetsAnEndpointThatIsDeleted() throws Exception {
        JsonNode made = created(wish("gone", ""));

        HttpResponse<String> deleted = elsewhere.send(elsewhere
                .request(path(made))
                .header("Authorization", "Bearer " + ACME.text())
                .DELETE());

        assertEquals(
                "{\"id\":%s,\"object\":\"webhook_endpoint.deleted\",\"deleted\":true}".formatted(made.path("id")),
                deleted.body());
        HttpResponse<String> gone = get(caller, path(made));
        assertEquals(404, gone.statusCode());
        assertEquals(
                "webhook_endpoint_not_found", Caller.error(gone).path("code").asString());
    }

    @Test
    void keepsTheOldSecretForADayUnlessItIsToldNotTo() throws Exception {
        JsonNode made = created(wish("rotating", ""));

        JsonNode rotated = Caller.json(caller.send(caller.request(path(made) + "/rotate_secret")
                .header("Authorization", "Bearer " + ACME.text())
                .POST(BodyPublishers.noBody())));
        assertNotEquals(made.path("signing_secret"), rotated.path("signing_secret"));
        assertEquals(
                86_400,
                rotated.path("old_secret_expires_at").asLong()
                        - rotated.path("updated_at").asLong());
        WebhookEndpoint kept = lastOf(made);
        assertEquals(
                List.of(
                        rotated.path("signing_secret").asString(),
                        made.path("signing_secret").asString()),
                kept.secrets(Instant.now()).stream()
                        .map(secret -> secret.value())
                        .toList());

        JsonNode leaked = Caller.json(elsewhere.send(post(
                elsewhere, path(made) + "/rotate_secret", "{\"keep_old_secret_active_for_24_hours\":false}", ACME)));
        assertTrue(leaked.path("old_secret_expires_at").isNull());
        assertEquals(1, lastOf(made).secrets(Instant.now()).size());
    }

    /** The secret that the receiver has is not to go because an answer was lost. */
    @Test
    void rotatesOnceForAClientThatSendsItsRequestAgainByItself() throws Exception {
        JsonNode made = created(wish("retried", ""));
        JsonNode rotated = Caller.json(caller.send(post(caller, path(made) + "/rotate_secret", "{}", ACME)));

        JsonNode again = Caller.json(elsewhere.send(
                post(elsewhere, path(made) + "/rotate_secret", "{}", ACME).header("X-Stainless-Retry-Count", "1")));

        assertEquals(rotated, again);
    }

    @Test
    void makesOneEndpointOfAKeyAtWhicheverGateway() throws Exception {
        HttpResponse<String> first = caller.send(post(caller, "/v1/webhook_endpoints", wish("keyed", ""), ACME)
                .header("Idempotency-Key", "endpoint-key"));
        HttpResponse<String> again = elsewhere.send(post(elsewhere, "/v1/webhook_endpoints", wish("keyed", ""), ACME)
                .header("Idempotency-Key", "\"endpoint-key\""));
        HttpResponse<String> changed = elsewhere.send(post(elsewhere, "/v1/webhook_endpoints", wish("other", ""), ACME)
                .header("Idempotency-Key", "endpoint-key"));
        HttpResponse<String> anothers =
                elsewhere.send(post(elsewhere, "/v1/webhook_endpoints", wish("keyed", ""), OTHER)
                        .header("Idempotency-Key", "endpoint-key"));

        assertEquals(Caller.json(first), Caller.json(again));
        assertEquals(422, changed.statusCode());
        assertNotEquals(Caller.json(first).path("id"), Caller.json(anothers).path("id"));
    }

    @Test
    void showsNobodyASecretForAKeyThatIsOlderThanTheSecret() throws Exception {
        HttpRequest.Builder wish =
                post(caller, "/v1/webhook_endpoints", wish("leaked", ""), ACME).header("Idempotency-Key", "leaked-key");
        JsonNode made = Caller.json(caller.send(wish));
        JsonNode rotated = Caller.json(caller.send(
                post(caller, path(made) + "/rotate_secret", "{\"keep_old_secret_active_for_24_hours\":false}", ACME)));

        HttpResponse<String> again = caller.send(wish);

        assertRefused(409, "Idempotency-Key", again);
        assertEquals("false", Caller.header(again, "x-should-retry"));
        assertTrue(again.body().contains(made.path("id").asString()), again::body);
        assertFalse(again.body().contains(rotated.path("signing_secret").asString()), again::body);
    }

    @Test
    void makesOneEndpointForAClientThatSendsItsRequestAgainByItself() throws Exception {
        JsonNode made = created(wish("once", ""));

        JsonNode again = Caller.json(elsewhere.send(post(elsewhere, "/v1/webhook_endpoints", wish("once", ""), ACME)
                .header("X-Stainless-Retry-Count", "2")));

        assertEquals(made, again);
    }

    @Test
    void keepsTenantsApart() throws Exception {
        JsonNode made = created(wish("private", ""));

        for (HttpRequest.Builder request : List.of(
                caller.request(path(made)).header("Authorization", "Bearer " + OTHER.text()),
                caller.request(path(made))
                        .header("Authorization", "Bearer " + OTHER.text())
                        .DELETE(),
                post(caller, path(made), "{\"name\":\"mine\"}", OTHER),
                post(caller, path(made) + "/rotate_secret", "{}", OTHER))) {
            assertEquals(404, caller.send(request).statusCode());
        }
        HttpResponse<String> theirs = caller.send(
                caller.request("/v1/webhook_endpoints?limit=100").header("Authorization", "Bearer " + OTHER.text()));
        assertFalse(theirs.body().contains(made.path("id").asString()), theirs::body);
        HttpResponse<String> named =
                caller.send(post(caller, "/v1/chat/completions", Caller.body("gpt-4o-mini", "nonce-foreign"), OTHER)
                        .header("Genapi-Webhook", made.path("id").asString()));
        assertRefused(400, "Genapi-Webhook", named);
    }

    @Test
    void listsTheNewestFirstInPages() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.addFirst(created(wish("listed", "")).path("id").asString());
        }

        List<String> found = new ArrayList<>();
        String query = "?limit=2";
        JsonNode page;
        do {
            page = Caller.json(get(elsewhere, "/v1/webhook_endpoints" + query));
            StreamSupport.stream(page.path("data").spliterator(), false)
                    .filter(endpoint -> endpoint.path("name").asString().equals("listed"))
                    .forEach(endpoint -> found.add(endpoint.path("id").asString()));
            query = "?limit=2&after=" + page.path("last_id").asString();
        } while (page.path("has_more").asBoolean());

        assertEquals(ids, found);
        for (String wrong : List.of("limit=0", "limit=101", "after=we_0", "order=up")) {
            assertEquals(400, get(caller, "/v1/webhook_endpoints?" + wrong).statusCode(), wrong);
        }
    }

    @Test
    void tellsWhatIsWrongWithAWish() throws Exception {
        assertRefused(400, "name", create(wish("", "")));
        assertRefused(400, "name", create(wish("n".repeat(257), "")));
        assertRefused(400, "url", create("{\"name\":\"n\",\"event_types\":[\"job.failed\"]}"));
        assertRefused(
                400,
                "event_types",
                create(wish("n", ",\"event_types\":[]")
                        .replace("[\"job.failed\",\"job.succeeded\"],\"event_types\":", "")));
        assertRefused(400, "event_types[1]", create(wish("n", "").replace("job.succeeded", "eval.run.failed")));
        assertRefused(400, "default", create(wish("n", ",\"default\":\"yes\"")));
        assertRefused(400, "status", create(wish("n", ",\"status\":\"on\"")));
        assertRefused(400, "evnt_types", create(wish("n", ",\"evnt_types\":[]")));
        assertRefused(400, "name", create(wish("\\ud800", "")));
        assertRefused(400, "", create("[]"));
        assertRefused(400, "", create("{"));
    }

    @Test
    void tellsWhyAnAddressIsRefused() throws Exception {
        Map<String, String> refused = Map.of(
                "http://10.0.0.7/", "it is not https",
                "ftp://example.com/", "https://",
                "https://user:secret@127.0.0.1/", "password",
                "https://127.0.0.1/#there", "fragment",
                "https://127.0.0.1:0/", "port",
                "https://10.0.0.7/", "a private network",
                "https://169.254.169.254/latest", "metadata",
                "https://[::ffff:10.0.0.7]/", "an address of",
                "https://no-such-host.invalid/", "no address",
                "nonsense", "https://");
        for (Map.Entry<String, String> address : refused.entrySet()) {
            HttpResponse<String> response = create(wish("n", "").replace("http://127.0.0.1:9/hooks", address.getKey()));
            assertRefused(400, "url", response);
            assertTrue(response.body().contains(address.getValue()), response::body);
        }
        JsonNode made = created(wish("moved", ""));
        assertRefused(400, "url", caller.send(post(caller, path(made), "{\"url\":\"https://192.168.1.1/\"}", ACME)));
        assertEquals(made.path("url"), Caller.json(get(caller, path(made))).path("url"));
    }

    @Test
    void hasNoMoreEndpointsOfATenantThanItMayHave() throws Exception {
        for (int i = 0; i < 30; i++) {
            assertEquals(
                    200,
                    caller.send(post(caller, "/v1/webhook_endpoints", wish("many", ""), CROWDED))
                            .statusCode());
        }

        HttpResponse<String> tooMany =
                elsewhere.send(post(elsewhere, "/v1/webhook_endpoints", wish("many", ""), CROWDED));

        assertEquals(429, tooMany.statusCode());
        assertTrue(tooMany.body().contains("genapi.gateway.webhook.max-endpoints"), tooMany::body);
    }

    @Test
    void showsThatAnEndpointWasDisabledAndTurnsItOnAgain() throws Exception {
        JsonNode made = created(wish("failing", ""));
        disable(made, "answered 410 Gone");

        JsonNode disabled = Caller.json(get(elsewhere, path(made)));
        assertEquals("disabled", disabled.path("status").asString());
        assertEquals("answered 410 Gone", disabled.path("disabled_reason").asString());
        assertTrue(disabled.path("failing_since").asLong() > 0);
        HttpResponse<String> named = caller.send(chat("disabled", made));
        assertRefused(400, "Genapi-Webhook", named);
        assertTrue(named.body().contains("answered 410 Gone"), named::body);

        JsonNode enabled = Caller.json(elsewhere.send(post(elsewhere, path(made), "{\"status\":\"enabled\"}", ACME)));

        assertEquals("enabled", enabled.path("status").asString());
        assertTrue(enabled.path("disabled_reason").isNull());
        assertTrue(enabled.path("failing_since").isNull());
        assertEquals(200, caller.send(chat("enabled", made)).statusCode());
    }

    @Test
    void carriesTheEndpointThatARequestNames() throws Exception {
        JsonNode made = Caller.json(
                elsewhere.send(post(elsewhere, "/v1/webhook_endpoints", wish("named", ",\"default\":false"), ACME)));

        assertEquals(200, caller.send(chat("named", made)).statusCode());
        assertRefused(
                400,
                "Genapi-Webhook",
                caller.send(chat("nobodys", made).setHeader("Genapi-Webhook", "we_00000000000000000000000000")));
        assertRefused(400, "Genapi-Webhook", caller.send(chat("rubbish", made).setHeader("Genapi-Webhook", "x y")));

        Audience audience = new Audience(Optional.of(made.path("id").asString()), true, Optional.empty());
        assertEquals(
                1,
                stack.worker().results().stream()
                        .filter(result -> result.audience().equals(audience))
                        .count());
    }

    private static HttpRequest.Builder chat(String nonce, JsonNode endpoint) {
        return post(caller, "/v1/chat/completions", Caller.body("gpt-4o-mini", "nonce-" + nonce), ACME)
                .header("Genapi-Webhook", endpoint.path("id").asString());
    }

    @Test
    void showsWhatTheStoreKnowsOfDeliveries() throws Exception {
        JsonNode made = created(wish("told", ""));
        String id = made.path("id").asString();
        String last = "evt_00000000000000000000000000";

        HttpResponse<String> page = get(elsewhere, path(made) + "/deliveries?status=failed&limit=7&after=" + last);

        assertEquals(200, page.statusCode(), page::body);
        assertTrue(
                stack.store()
                        .questions()
                        .contains("/store/webhook-deliveries?tenant=acme&endpoint=%s&limit=7&status=failed&after=%s"
                                .formatted(id, last)),
                () -> stack.store().questions().toString());
        for (String wrong : List.of("status=lost", "limit=0", "after=evt_1")) {
            assertEquals(400, get(caller, path(made) + "/deliveries?" + wrong).statusCode(), wrong);
        }
        assertEquals(
                404,
                get(caller, "/v1/webhook_endpoints/we_00000000000000000000000000/deliveries")
                        .statusCode());
        HttpResponse<String> forgotten = get(caller, path(made) + "/deliveries?after=" + StubStore.FORGOTTEN);
        assertEquals(400, forgotten.statusCode(), forgotten::body);
        assertTrue(forgotten.body().contains("\"param\":\"after\""), forgotten::body);
        assertTrue(forgotten.body().contains(StubStore.FORGOTTEN), forgotten::body);
    }

    @Test
    void triesAnEndpointAndTellsWhatItsReceiverSaid() throws Exception {
        JsonNode made = created(wish("tried", ""));

        JsonNode answered =
                Caller.json(caller.send(post(caller, path(made) + "/test", "{\"event_type\":\"batch.failed\"}", ACME)));
        assertEquals("webhook_endpoint.test", answered.path("object").asString());
        assertEquals(418, answered.path("status_code").asInt());
        assertEquals("batch.failed", answered.path("event_type").asString());
        assertTrue(answered.path("success").asBoolean());

        HttpResponse<String> unanswered =
                caller.send(post(caller, path(made) + "/test", "{\"event_type\":\"job.failed\"}", ACME));
        assertEquals(502, unanswered.statusCode());
        assertEquals("false", Caller.header(unanswered, "x-should-retry"));
        assertTrue(unanswered.body().contains("too slow"), unanswered::body);
        HttpResponse<String> busy =
                caller.send(post(caller, path(made) + "/test", "{\"event_type\":\"job.expired\"}", ACME));
        assertEquals(429, busy.statusCode(), busy::body);
        assertEquals("5", Caller.header(busy, "retry-after"));
        assertEquals("rate_limit_exceeded", Caller.error(busy).path("code").asString());
        HttpResponse<String> full =
                caller.send(post(caller, path(made) + "/test", "{\"event_type\":\"job.cancelled\"}", ACME));
        assertEquals(503, full.statusCode(), full::body);
        assertEquals("1", Caller.header(full, "retry-after"));
        assertTrue(full.body().contains("no connection free"), full::body);
        HttpResponse<String> keyless =
                caller.send(post(caller, path(made) + "/test", "{\"event_type\":\"batch.cancelled\"}", ACME));
        assertEquals(500, keyless.statusCode(), keyless::body);
        assertEquals(
                "webhook_secret_unreadable", Caller.error(keyless).path("code").asString());
        assertRefused(400, "event_type", caller.send(post(caller, path(made) + "/test", "{}", ACME)));
        assertEquals(
                404,
                caller.send(post(caller, path(made) + "/test", "{\"event_type\":\"job.failed\"}", OTHER))
                        .statusCode());
    }

    @Test
    void countsRotationsAndDeletesToTheLimitsOfTheirTenant() throws Exception {
        HttpResponse<String> made = caller.send(post(caller, "/v1/webhook_endpoints", wish("limited", ""), LIMITED));
        assertEquals(200, made.statusCode(), made::body);
        String path = path(Caller.json(made));

        for (HttpResponse<String> tooMany : List.of(
                caller.send(post(caller, path + "/rotate_secret", "{}", LIMITED)),
                caller.send(caller.request(path)
                        .header("Authorization", "Bearer " + LIMITED.text())
                        .DELETE()))) {
            assertEquals(429, tooMany.statusCode(), tooMany::body);
            assertTrue(Long.parseLong(Caller.header(tooMany, "retry-after")) > 0);
        }
    }

    @Test
    void showsAndRepeatsOneEventThatAnEndpointWasToldOfAndNoOther() throws Exception {
        JsonNode made = created(wish("told", ""));
        String told = "evt_0123456789abcdefghijklmnop";
        String doubtful = "evt_1123456789abcdefghijklmnop";

        HttpResponse<String> shown = get(elsewhere, path(made) + "/deliveries/" + told);
        assertEquals(200, shown.statusCode(), shown::body);
        assertEquals(told, Caller.json(shown).path("event_id").asString());
        assertTrue(
                stack.store()
                        .questions()
                        .contains("/store/webhook-deliveries/%s?tenant=acme&endpoint=%s"
                                .formatted(told, made.path("id").asString())),
                () -> stack.store().questions().toString());
        for (String never : List.of("evt_2123456789abcdefghijklmnop", "evt_2", "job_1")) {
            assertRefused(404, "event_id", get(caller, path(made) + "/deliveries/" + never));
        }
        HttpResponse<String> never = again(made, "evt_2123456789abcdefghijklmnop");
        assertRefused(404, "event_id", never);
        assertEquals(
                "webhook_delivery_not_found", Caller.error(never).path("code").asString());
        String older = "evt_3123456789abcdefghijklmnop";
        for (HttpResponse<String> unknown : List.of(
                get(caller, path(made) + "/deliveries/" + doubtful),
                again(made, doubtful),
                get(caller, path(made) + "/deliveries/" + older),
                again(made, older))) {
            assertEquals(503, unknown.statusCode(), unknown::body);
            assertEquals("1", Caller.header(unknown, "retry-after"));
        }
        assertEquals(Set.of(), wishes(made));
        assertEquals(
                404,
                caller.send(caller.request(path(made) + "/deliveries/" + told)
                                .header("Authorization", "Bearer " + OTHER.text()))
                        .statusCode());
    }

    private static HttpResponse<String> again(JsonNode endpoint, String event) throws Exception {
        return caller.send(post(caller, path(endpoint) + "/redeliver", "{\"event_id\":\"%s\"}".formatted(event), ACME));
    }

    @Test
    void passesOnTheWishToBeToldAgain() throws Exception {
        JsonNode made = created(wish("again", ""));
        String event = "evt_0123456789abcdefghijklmnop";

        HttpResponse<String> one =
                caller.send(post(caller, path(made) + "/redeliver", "{\"event_id\":\"%s\"}".formatted(event), ACME));
        HttpResponse<String> failed =
                elsewhere.send(post(elsewhere, path(made) + "/redeliver", "{\"failed_since\":1769860800}", ACME));

        assertEquals(202, one.statusCode(), one::body);
        assertEquals(202, failed.statusCode(), failed::body);
        assertEquals(
                Set.of(
                        new Redelivery.Scope.One(new EventId(event)),
                        new Redelivery.Scope.AllFailed(Instant.ofEpochSecond(1_769_860_800))),
                wishes(made));
        for (String wrong : List.of(
                "{}",
                "{\"event_id\":\"evt_1\"}",
                "{\"failed_since\":\"yesterday\"}",
                "{\"failed_since\":99999999999}",
                "{\"failed_since\":9223372036854775807}",
                "{\"failed_since\":99999999999999999999}",
                "{\"failed_since\":-99999999999999999999}",
                "{\"event_id\":\"%s\",\"failed_since\":1}".formatted(event))) {
            assertEquals(
                    400,
                    caller.send(post(caller, path(made) + "/redeliver", wrong, ACME))
                            .statusCode(),
                    wrong);
        }
    }

    private static Set<Redelivery.Scope> wishes(JsonNode endpoint) {
        Set<Redelivery.Scope> wishes = new HashSet<>();
        read(
                TopicNames.STANDARD.webhookEvents(),
                Stack.PARTITIONS,
                record -> RedeliveryRecords.read(record)
                        .filter(wish -> wish.endpoint()
                                .value()
                                .equals(endpoint.path("id").asString()))
                        .ifPresent(wish -> wishes.add(wish.scope())));
        return wishes;
    }

    @Test
    void encryptsSecretsWithTheKeyThatItHasAndDoesWithoutWhereItHasNone() throws Exception {
        Path key = Files.writeString(
                data.resolve("webhook.key"),
                new String(SecretsKey.fresh(new SecureRandom()).toBase64()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> withKey = new HashMap<>(settings);
        withKey.put("genapi.webhook.secrets.key-file", key.toString());
        try (RunningService keyed = stack.startGateway(withKey);
                Caller there = new Caller(keyed.port())) {
            HttpRequest.Builder wish = post(there, "/v1/webhook_endpoints", wish("sealed", ""), ACME)
                    .header("Idempotency-Key", "sealed");
            JsonNode made = Caller.json(there.send(wish));
            String secret = made.path("signing_secret").asString();
            List<String> written = new ArrayList<>();
            read(TOPIC, 1, record -> {
                if (record.value() != null) {
                    written.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            });
            assertTrue(written.stream().noneMatch(value -> value.contains(secret)));
            assertTrue(written.getLast().contains("\"secret\":\"v1:"), written::getLast);

            HttpResponse<String> unreadable =
                    caller.send(post(caller, "/v1/webhook_endpoints", wish("sealed", ""), ACME)
                            .header("Idempotency-Key", "sealed"));
            assertEquals(500, unreadable.statusCode());
            assertEquals(
                    "webhook_secret_unreadable",
                    Caller.error(unreadable).path("code").asString());

            HttpResponse<String> renamed = caller.send(post(caller, path(made), "{\"name\":\"renamed\"}", ACME));
            assertEquals(200, renamed.statusCode(), renamed::body);
            assertEquals(
                    "whsec_…", Caller.json(renamed).path("signing_secret_hint").asString());
            JsonNode shown = Caller.json(get(there, path(made)));
            assertEquals("renamed", shown.path("name").asString());
            assertEquals(made.path("signing_secret_hint"), shown.path("signing_secret_hint"));

            JsonNode rotated = Caller.json(caller.send(post(caller, path(made) + "/rotate_secret", "{}", ACME)));
            assertEquals(
                    rotated.path("signing_secret_hint"),
                    Caller.json(get(there, path(made))).path("signing_secret_hint"));
        }
    }

    @Test
    void listsTheTypesOfEvents() throws Exception {
        JsonNode types = Caller.json(get(caller, "/v1/webhook_event_types"));

        assertTrue(types.path("data").toString().contains("\"batch.completed\""), types::toString);
        assertTrue(types.path("data").toString().contains("\"job.expired\""), types::toString);
    }

    private static void assertRefused(int status, String param, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response::body);
        assertEquals(param, Caller.error(response).path("param").asString(""), response::body);
    }

    /** As the store does it. */
    private static void disable(JsonNode endpoint, String reason) throws Exception {
        WebhookEndpoint known = lastOf(endpoint);
        EndpointStanding standing = new EndpointStanding(
                known.id(),
                known.tenant(),
                known.enabledAt().orElseThrow(),
                Optional.of(Instant.now()),
                Optional.of(new EndpointStanding.Disabled(reason, Instant.now())));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(WebhookEndpointRecords.write(
                            standing, TopicNames.STANDARD.webhookStandings(), "/test", Instant.now()))
                    .get();
        }
    }

    /** As it lies in Kafka. */
    private static WebhookEndpoint lastOf(JsonNode endpoint) {
        WebhookEndpointRecords.Owner owner = new WebhookEndpointRecords.Owner(
                new TenantId("acme"), new EndpointId(endpoint.path("id").asString()));
        List<WebhookEndpoint> all = new ArrayList<>();
        read(TOPIC, 1, record -> {
            if (WebhookEndpointRecords.endpointOf(record).equals(Optional.of(owner))) {
                WebhookEndpointRecords.readEndpoint(record, SecretSeal.NONE).ifPresent(all::add);
            }
        });
        return all.getLast();
    }

    private static void read(String topic, int partitions, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.kafka().bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                TopicPartition part = new TopicPartition(topic, partition);
                consumer.assign(List.of(part));
                long end = consumer.endOffsets(List.of(part)).getOrDefault(part, 0L);
                while (consumer.position(part) < end) {
                    consumer.poll(Duration.ofMillis(200)).forEach(reader);
                }
            }
        }
    }
}
