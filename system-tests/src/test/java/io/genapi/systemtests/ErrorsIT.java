package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Solo;
import io.genapi.systemtests.harness.SystemTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What callers are told when something is wrong: a status, a code, and a sentence that says what to do. */
@SystemTest
final class ErrorsIT {

    private static final String CHAT = "/v1/chat/completions";
    private static final String UNKNOWN_JOB = "job_01k0000000000000000000000000";

    private final Solo solo;

    ErrorsIT(Solo solo) {
        this.solo = solo;
    }

    private static void assertEnvelope(int status, String code, Answer answer) {
        assertEquals(status, answer.status(), answer::toString);
        assertEquals(code, answer.errorCode(), answer::toString);
        JsonNode error = answer.json().path("error");
        assertEquals(Set.of("message", "type", "param", "code"), Set.copyOf(error.propertyNames()), answer::toString);
        assertEquals(
                status < 500 ? "invalid_request_error" : "server_error",
                error.path("type").asString(),
                answer::toString);
        assertTrue(error.path("message").asString().length() > 20, answer::toString);
        assertFalse(answer.header("X-Request-ID").isEmpty(), answer::toString);
    }

    @Test
    void refusesWhatIsNoRequest() {
        Api api = solo.api();
        for (String body : new String[] {"", "{", "{\"model\":", "[]", "\"text\"", "null", "{} {}"}) {
            Answer answer = api.post(CHAT, body);
            assertEquals(400, answer.status(), () -> "'" + body + "': " + answer);
            assertFalse(answer.errorCode().isEmpty(), () -> "'" + body + "': " + answer);
            assertEnvelope(400, answer.errorCode(), answer);
        }
        assertParam("model", api.post(CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
        assertParam("model", api.post(CHAT, "{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"));
        assertParam("messages", api.post(CHAT, "{\"model\":\"gpt-4o-mini\"}"));
        assertParam("messages", api.post(CHAT, "{\"model\":\"gpt-4o-mini\",\"messages\":\"x\"}"));
        assertParam("messages", api.post(CHAT, "{\"model\":\"gpt-4o-mini\",\"messages\":[]}"));
    }

    private static void assertParam(String param, Answer answer) {
        assertEnvelope(400, answer.errorCode(), answer);
        assertEquals(param, answer.json().path("error").path("param").asString(""), answer::toString);
    }

    @Test
    void refusesABodyAboveTheLimit() {
        String tooLong = "x".repeat(10 * 1024 * 1024);
        assertEnvelope(413, "request_too_large", solo.api().chat(tooLong));
    }

    @Test
    void takesABodyOfNearlyTheLimitThroughAllProcesses() {
        String question = "large-" + "x".repeat(10 * 1024 * 1024 - 200);
        Answer answer = solo.api().chat(question);
        assertEquals(200, answer.status(), answer::toString);
        assertTrue(answer.content().startsWith("You said: large-xxx"), "it is its own answer");
    }

    @Test
    void refusesWrongMethodsTypesAndPaths() {
        Api api = solo.api();
        Answer wrongMethod = api.get(CHAT);
        assertEnvelope(405, "method_not_allowed", wrongMethod);
        assertTrue(wrongMethod.header("Allow").contains("POST"), wrongMethod::toString);
        assertEnvelope(405, "method_not_allowed", api.send("DELETE", "/v1/jobs/" + UNKNOWN_JOB, new byte[0]));
        byte[] body = Api.chatBody(Api.MODEL, "x").getBytes(StandardCharsets.UTF_8);
        assertEnvelope(415, "unsupported_media_type", api.send("POST", CHAT, body, "Content-Type", "text/plain"));
        assertEnvelope(415, "unsupported_media_type", api.send("POST", CHAT, body));
        assertEnvelope(404, "unknown_url", api.get("/v1/no/such/path"));
        assertEnvelope(404, "job_not_found", api.get("/v1/jobs/no-job-id"));
        assertEnvelope(404, "job_not_found", api.get("/v1/jobs/" + UNKNOWN_JOB));
    }

    @Test
    void answersAnUnknownModelAsOpenAiDoes() {
        assertEnvelope(404, "model_not_found", solo.api().post(CHAT, Api.chatBody("no-such-model", "hello")));
    }

    @Test
    void saysThatKafkaIsAwayAndGoesOnWhenItIsBack() {
        Answer before = solo.api().chat("before the outage");
        assertEquals(200, before.status(), before::toString);

        solo.kafka().stop();
        Answer during = solo.api().chat("during the outage");
        assertEnvelope(503, "kafka_unavailable", during);
        assertFalse(during.header("Retry-After").isEmpty(), during::toString);
        assertEnvelope(503, "kafka_unavailable", solo.api().submit("during the outage"));
        Eventually.holds(
                "the outage shows",
                () -> solo.api().get("/health").json().path("status").asString().equals("unhealthy"));
        assertEquals(503, solo.api().get("/health").status());
        assertEquals(200, solo.api().get("/health/live").status(), "it lives all the same");

        solo.kafka().start();
        Eventually.holds("jobs are taken again", () -> {
            Answer after = solo.api().chat("after the outage");
            return after.status() == 200 && after.content().equals("You said: after the outage");
        });
        Eventually.holds(
                "results of before are still there",
                () -> solo.api().job(before.jobId()).status() == 200);
        Eventually.holds("health is back", () -> solo.api().get("/health").status() == 200);
    }
}
