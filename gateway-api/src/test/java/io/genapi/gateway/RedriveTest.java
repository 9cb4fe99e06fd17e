package io.genapi.gateway;

import static io.genapi.gateway.Caller.body;
import static io.genapi.gateway.Caller.error;
import static io.genapi.gateway.Caller.header;
import static io.genapi.gateway.Caller.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.schemas.job.JobRequest;
import io.genapi.schemas.job.Lane;
import io.genapi.schemas.kafka.RequestReading;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.kafka.TopicNames;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedriveTest {

    @TempDir
    static Path data;

    private static Stack stack;
    private static Caller caller;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack(data, Map.of("genapi.gateway.lookup-patience", "1s"));
        caller = new Caller(stack.gateway().port());
        await().until(() -> caller.get("/v1/jobs").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        caller.close();
        stack.close();
    }

    @Test
    void aFailedJobIsGoneAtOnceMoreByAnotherModel() throws Exception {
        String failed = submit(caller.chat(body("failing", "nonce-again"))
                .header("X-Correlation-ID", "mine")
                .header("Genapi-Lane", "flex"));

        HttpResponse<String> redriven = caller.send(redrive(failed, "{\"model\":\"gpt-4o-mini\"}"));

        assertEquals(202, redriven.statusCode(), redriven.body());
        assertEquals(failed, json(redriven).path("redrive_of").asString());
        assertEquals("gpt-4o-mini", json(redriven).path("model").asString());
        assertEquals("mine", json(redriven).path("correlation_id").asString());
        String id = json(redriven).path("id").asString();
        await().until(() -> caller.get("/v1/jobs/" + id).body().contains("\"succeeded\""));
        JobRequest job = job(id);
        assertEquals(Lane.FLEX, job.lane());
        assertEquals(failed, job.redriveOf().orElseThrow().value());
        assertEquals(body("gpt-4o-mini", "nonce-again"), new String(job.body(), StandardCharsets.UTF_8));
    }

    @Test
    void withoutABodyItIsTheSameOnceMoreAndUnderOneKeyOneJob() throws Exception {
        String failed = submit(caller.chat(body("failing", "nonce-same")));
        List<String> ids = Stream.of(1, 2)
                .map(_ -> {
                    try {
                        return json(caller.send(caller.request("/v1/jobs/" + failed + "/redrive")
                                        .header("Idempotency-Key", "once-more")
                                        .POST(HttpRequest.BodyPublishers.noBody())))
                                .path("id")
                                .asString();
                    } catch (Exception failure) {
                        throw new AssertionError(failure);
                    }
                })
                .distinct()
                .toList();
        assertEquals(1, ids.size(), ids::toString);
    }

    @Test
    void whatIsOpenOrHasAnAnswerIsNot() throws Exception {
        String done = submit(caller.chat(body("gpt-4o-mini", "nonce-done")));
        HttpResponse<String> refused = caller.send(redrive(done, "{}"));
        assertEquals(409, refused.statusCode());
        assertEquals("job_succeeded", error(refused).path("code").asString());

        String open = header(
                caller.send(caller.chat(body("held", "nonce-open")).header("Prefer", "respond-async")), "Location");
        await().until(() -> caller.get(open).statusCode() == 200);
        HttpResponse<String> early = caller.send(redrive(open.substring("/v1/jobs/".length()), "{}"));
        assertEquals("job_not_ended", error(early).path("code").asString());
        assertEquals(404, caller.send(redrive("job_x", "{}")).statusCode());
    }

    @Test
    void oddBodiesAreSaidToBeSo() throws Exception {
        String failed = submit(caller.chat(body("failing", "nonce-odd")));
        for (String odd : List.of("[]", "nonsense", "{\"modell\":\"x\"}", "{\"model\":7}", "{\"model\":\" \"}")) {
            assertEquals(400, caller.send(redrive(failed, odd)).statusCode(), odd);
        }
    }

    private static String submit(HttpRequest.Builder request) throws Exception {
        return header(caller.send(request), "Genapi-Job-Id");
    }

    private static HttpRequest.Builder redrive(String id, String body) {
        return caller.request("/v1/jobs/" + id + "/redrive")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static JobRequest job(String id) {
        return stack.worker().seen().stream()
                .filter(record -> RequestRecords.idOf(record).value().equals(id))
                .map(record -> new RequestRecords(TopicNames.STANDARD).read(record))
                .flatMap(reading -> reading instanceof RequestReading.Accepted(var request)
                        ? Stream.of(request)
                        : Stream.<JobRequest>empty())
                .findFirst()
                .orElseThrow();
    }
}
