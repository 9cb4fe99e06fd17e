package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Eventually;
import io.genapi.schemas.kafka.DeadLetter;
import io.genapi.schemas.kafka.DeadLetterRecords;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.SystemTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests of megabytes, as their callers and vendors see them: like any other. */
@SystemTest
final class LargeRequestsIT {

    /** Of base64, some 8 MiB. */
    private static final int IMAGE_BYTES = 6 << 20;

    private static final int SMALL = 4_096;

    private final Cluster cluster;
    private final Topics topics;

    LargeRequestsIT(Cluster cluster) {
        this.cluster = cluster;
        this.topics = new Topics(cluster.kafka().bootstrapServers());
    }

    @BeforeEach
    void awaitPuttingAway() {
        PuttingAway.await(cluster, topics);
    }

    @Test
    void arrivesAtTheVendorByteForByteWhileItsRecordIsSmall() {
        LargeBody body = LargeBody.of("large-whole.", IMAGE_BYTES);

        Answer answer = cluster.api().post("/v1/chat/completions", body.json());

        assertEquals(200, answer.status(), answer::toString);
        assertEquals("You said: large-whole.", answer.content());
        assertEquals(List.of(body.sha256()), asked(body));
        ConsumerRecord<byte[], byte[]> record = record("genapi.requests.priority", answer.jobId());
        assertTrue(record.value().length < SMALL, record.value().length + " bytes");
        assertEquals(Integer.toString(body.json().length()), Topics.header(record, "claim-check-length"));
        assertEquals(body.sha256(), Topics.header(record, "claim-check-sha256"));
    }

    @Test
    void isRefusedOverTheLimit() {
        LargeBody body = LargeBody.of("large-refused.", 8 << 20);

        Answer answer = cluster.api().post("/v1/chat/completions", body.json());

        assertEquals(413, answer.status(), answer::toString);
        assertEquals("request_too_large", answer.errorCode());
        assertEquals(List.of(), asked(body));
    }

    @Test
    void isOneJobForAllWhoSendItAndAnotherBodyIsRefused() {
        LargeBody body = LargeBody.of("large-once.", IMAGE_BYTES);
        LargeBody other = LargeBody.of("large-other.", IMAGE_BYTES);

        String first = submit(body, "Idempotency-Key", "large-once").jobId();
        Answer again = cluster.gateways()
                .getLast()
                .api()
                .post("/v1/chat/completions", body.json(), "Idempotency-Key", "large-once");
        Answer misuse = cluster.api().post("/v1/chat/completions", other.json(), "Idempotency-Key", "large-once");

        assertEquals(200, again.status(), again::toString);
        assertEquals(first, again.jobId());
        assertEquals(422, misuse.status(), misuse::toString);
        assertEquals(List.of(body.sha256()), asked(body));
        assertEquals(List.of(), asked(other));
    }

    @Test
    void isNoSecondJobWhenItsSdkSendsItAgain() {
        LargeBody body = LargeBody.of("large-retried.", IMAGE_BYTES);
        String first = submit(body).jobId();
        cluster.ended(first);

        Answer retry = cluster.api().post("/v1/chat/completions", body.json(), "X-Stainless-Retry-Count", "1");

        assertEquals(200, retry.status(), retry::toString);
        assertEquals(first, retry.jobId());
        assertEquals(List.of(body.sha256()), asked(body));
    }

    @Test
    void isRedrivenWhole() {
        LargeBody body = LargeBody.of("large-redriven.", IMAGE_BYTES);
        String ended = cancelled(body);

        Answer redriven = cluster.api().post("/v1/jobs/" + ended + "/redrive", "{}");

        assertEquals(202, redriven.status(), redriven::toString);
        assertEquals("succeeded", cluster.ended(redriven.jobId()).jobStatus());
        assertEquals(body.sha256(), asked(body).getLast());
    }

    /** The command reads and writes Kafka alone, and knows nothing of the place of blobs. */
    @Test
    void isPutBackWholeFromTheDeadLetters() {
        LargeBody body = LargeBody.of("large-letter.", IMAGE_BYTES);
        String ended = cancelled(body);
        ConsumerRecord<byte[], byte[]> record = record("genapi.requests.default", ended);
        topics.send(DeadLetterRecords.write(
                new DeadLetter(record, "large-letter", Optional.of(RequestRecords.idOf(record)), true),
                "genapi.dead-letters"));

        String number = Long.toString(topics.await(
                        "the letter",
                        "genapi.dead-letters",
                        letter -> Topics.header(letter, "dead-letter-reason").equals("large-letter"))
                .offset());

        Genapi.Outcome command = new Genapi(cluster.directory())
                .run("jobs", "redrive", number, "--bootstrap", cluster.kafka().bootstrapServers());

        assertEquals(0, command.exitCode(), command::toString);
        Eventually.holds("the vendor is asked again", () -> asked(body).size() == 2);
        assertEquals(body.sha256(), asked(body).getLast());
    }

    @Test
    void isGoneOnFromByALaterResponse() {
        String url = LargeBody.of("large-response.", IMAGE_BYTES).imageUrl();
        Answer first = cluster.api().post("/v1/responses", """
                {"model":"%s","input":[{"role":"user","content":[
                  {"type":"input_text","text":"large-response."},{"type":"input_image","image_url":"%s"}]}]}
                """.formatted(Api.MODEL, url));
        assertEquals(200, first.status(), first::toString);
        String id = first.json().path("id").asString();

        Answer polled = cluster.gateways().getLast().api().get("/v1/responses/" + id);
        Answer next = cluster.api().post("/v1/responses", """
                {"model":"%s","input":"large-response-more.","previous_response_id":"%s"}""".formatted(Api.MODEL, id));

        assertEquals("completed", polled.json().path("status").asString(), polled::toString);
        assertEquals(200, next.status(), next::toString);
        JsonNode call = cluster.simulator().callsAbout("large-response-more.").getFirst();
        assertEquals(200, call.path("status").asInt());
        String job = "job_" + next.json().path("id").asString().substring("resp_".length());
        int length = Integer.parseInt(Topics.header(record("genapi.requests.priority", job), "claim-check-length"));
        assertTrue(length > url.length(), "what was said before is in it: " + length);
    }

    @Test
    void isALineOfABatch() {
        LargeBody body = LargeBody.of("large-line.", IMAGE_BYTES);
        String file = Batches.upload(cluster.api(), """
                {"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":%s}""".formatted(body.json()));

        JsonNode batch = Batches.ended(cluster.api(), Batches.create(cluster.api(), file));

        assertEquals("completed", batch.path("status").asString(), batch::toString);
        assertEquals(List.of(body.sha256()), asked(body));
        topics.all("genapi.requests.flex")
                .forEach(record -> assertTrue(record.value().length < 1 << 20, record.value().length + " bytes"));
    }

    private Answer submit(LargeBody body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Prefer";
        all[headers.length + 1] = "respond-async";
        Answer accepted = cluster.api().post("/v1/chat/completions", body.json(), all);
        assertEquals(202, accepted.status(), accepted::toString);
        return accepted;
    }

    /** A job that ended without an answer, at the vendor. */
    private String cancelled(LargeBody body) {
        cluster.simulator().hold();
        String id = submit(body).jobId();
        Eventually.holds("the job is at the vendor", () -> !asked(body).isEmpty());
        cluster.cancel(id);
        cluster.simulator().release();
        return id;
    }

    /** The digests of what the vendor was asked. */
    private List<String> asked(LargeBody body) {
        return cluster.simulator().callsAbout(body.question()).stream()
                .map(call -> call.path("body_sha256").asString(""))
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> record(String topic, String job) {
        return topics.await(
                "the request of " + job,
                topic,
                record -> Arrays.equals(job.getBytes(StandardCharsets.UTF_8), record.key()));
    }
}
