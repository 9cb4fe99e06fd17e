package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The place where large requests' bodies lie, and whoever reads it, in trouble. */
@SystemTest
final class BodyPlaceIT {

    private static final int IMAGE_BYTES = 2 << 20;
    private static final int SMALL = 4_096;
    private static final String REQUESTS = "genapi.requests.default";

    private final Cluster cluster;
    private final Topics topics;

    BodyPlaceIT(Cluster cluster) {
        this.cluster = cluster;
        this.topics = new Topics(cluster.kafka().bootstrapServers());
    }

    @BeforeEach
    void awaitPuttingAway() {
        PuttingAway.await(cluster, topics);
    }

    @Test
    void losesNoJobWhoseWorkerIsKilledWithItInHand() {
        LargeBody body = LargeBody.of("place-killed.", IMAGE_BYTES);
        cluster.simulator().hold();
        String id = submit(body);
        Eventually.holds("the job is at the vendor", () -> asked(body).size() == 1);

        cluster.workers().forEach(worker -> worker.process().kill());
        cluster.startWorker();
        Eventually.holds("the job is at the vendor again", () -> asked(body).size() == 2);
        cluster.simulator().release();

        assertEquals("succeeded", cluster.ended(id).jobStatus());
        assertEquals(List.of(body.sha256(), body.sha256()), asked(body));
    }

    @Test
    void keepsAParkedJobSmallAndGivesItsVendorAllOfIt() {
        LargeBody body = LargeBody.of("place-parked.", IMAGE_BYTES);
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
        cluster.startWorker(Map.of("genapi.worker.admission.longest-wait", "1s"));
        awaitPuttingAway();
        cluster.vendor("simulator").process().kill();
        String id = submit(body);
        Eventually.holds("it is parked", () -> cluster.api().job(id).jobStatus().equals("parked"));
        ConsumerRecord<byte[], byte[]> parked = record("genapi.parked.simulator", id);
        assertTrue(parked.value().length < SMALL, parked.value().length + " bytes");

        cluster.restartVendor("simulator");

        assertEquals("succeeded", cluster.ended(id).jobStatus());
        assertEquals(List.of(body.sha256()), asked(body));
    }

    @Test
    void letsAJobWaitWhileThePlaceIsAwayAndOthersGoOn() throws IOException {
        LargeBody body = LargeBody.of("place-away.", IMAGE_BYTES);
        stopWorkers();
        String id = submit(body);
        Path away = cluster.blobs().resolveSibling("away");
        Files.move(cluster.blobs(), away);
        ServiceProcess worker = cluster.startWorker();
        Eventually.holds(
                "the worker has missed the body",
                () -> worker.api().get("/metrics").text().contains("error_type=\"request_body_unavailable\""));

        Answer other = cluster.api().chat("place-small.");
        LargeBody meanwhile = LargeBody.of("place-inline.", IMAGE_BYTES);
        Answer inline = cluster.api().post("/v1/chat/completions", meanwhile.json());
        String waiting = cluster.api().job(id).jobStatus();
        Files.move(away, cluster.blobs());

        assertEquals("You said: place-small.", other.content(), other::toString);
        assertEquals("You said: place-inline.", inline.content(), inline::toString);
        assertEquals(List.of(meanwhile.sha256()), asked(meanwhile));
        assertEquals("queued", waiting);
        assertEquals("succeeded", cluster.ended(id).jobStatus());
        assertEquals(List.of(body.sha256()), asked(body));
        assertTrue(worker.process().log().contains("genapi.blob.directory"), "the log names the setting");
        awaitPuttingAway();
    }

    @Test
    void isOneJobForAllWhoSendItWhereverItsBodyTravels() throws IOException {
        stopWorkers();
        Keyed claimedChat = chat("place-keyed-chat.");
        Keyed claimedResponse = response("place-keyed-response.");
        Keyed inlineChat = chat("place-inline-chat.");
        Keyed inlineResponse = response("place-inline-response.");
        List<String> claimed = List.of(claimedChat.send(), claimedResponse.send());

        Path away = cluster.blobs().resolveSibling("away");
        Files.move(cluster.blobs(), away);
        List<String> inline = List.of(inlineChat.send(), inlineResponse.send());
        assertEquals(claimed, List.of(claimedChat.send(), claimedResponse.send()));
        Files.move(away, cluster.blobs());
        awaitPuttingAway();
        assertEquals(inline, List.of(inlineChat.send(), inlineResponse.send()));

        claimed.forEach(id -> assertTrue(record(REQUESTS, id).value().length < SMALL));
        inline.forEach(id -> assertTrue(record(REQUESTS, id).value().length > IMAGE_BYTES));
        // What is sent at once to several gateways is in Kafka more than once.
        claimed.forEach(id -> topics.send(copy(record(REQUESTS, id))));
        inline.forEach(id -> topics.send(copy(record(REQUESTS, id))));
        cluster.startWorker();
        for (String id : List.of(claimed.getFirst(), claimed.getLast(), inline.getFirst(), inline.getLast())) {
            assertEquals("succeeded", cluster.ended(id).jobStatus());
        }
        for (Keyed keyed : List.of(claimedChat, claimedResponse, inlineChat, inlineResponse)) {
            assertEquals(1, cluster.simulator().callsAbout(keyed.question()).size(), keyed.question());
        }
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(REQUESTS, null, record.key(), record.value(), record.headers());
    }

    /** A request that is sent with its question as its key, and not waited for. */
    private record Keyed(Api api, String question, String path, String json) {

        /** @return the job */
        String send() {
            Answer answer = api.post(path, json, "Idempotency-Key", question, "Prefer", "respond-async");
            assertTrue(answer.status() == 200 || answer.status() == 202, answer::toString);
            String id = answer.json().path("id").asString();
            return id.replace("resp_", "job_");
        }
    }

    private Keyed chat(String question) {
        return new Keyed(
                cluster.api(),
                question,
                "/v1/chat/completions",
                LargeBody.of(question, IMAGE_BYTES).json());
    }

    private Keyed response(String question) {
        return new Keyed(cluster.api(), question, "/v1/responses", """
                {"model":"%s","background":true,"instructions":"Grüße.","input":[{"role":"user","content":[
                  {"type":"input_text","text":"%s"},{"type":"input_image","image_url":"%s"}]}]}
                """.formatted(
                        Api.MODEL, question, LargeBody.of(question, IMAGE_BYTES).imageUrl()));
    }

    @Test
    void failsJobsWhoseBodiesAreGoneOrChangedAndAsksNoVendor() throws IOException {
        LargeBody gone = LargeBody.of("place-gone.", IMAGE_BYTES);
        LargeBody other = LargeBody.of("place-changed.", IMAGE_BYTES);
        stopWorkers();
        String lost = submit(gone);
        Files.delete(blob(lost));
        String broken = submit(other);
        byte[] changed = Files.readAllBytes(blob(broken));
        changed[changed.length / 2] ^= 1;
        Files.write(blob(broken), changed);
        cluster.startWorker();

        Answer ended = cluster.ended(lost);

        assertEquals("failed", ended.jobStatus(), ended::toString);
        assertEquals("request_body_lost", ended.errorCode(), ended::toString);
        assertEquals(Api.MODEL, ended.json().path("model").asString());
        assertEquals("request_body_lost", cluster.ended(broken).errorCode());
        assertEquals(List.of(), asked(gone));
        assertEquals(List.of(), asked(other));
    }

    @Test
    void takesAJobWithItsBodyInItWhereThePlaceIsFull() throws IOException {
        LargeBody body = LargeBody.of("place-full.", IMAGE_BYTES);
        try (SmallDisk disk = SmallDisk.mount(cluster.directory().resolve("small-place"), "1m")
                .orElseThrow(() -> new AssertionError("this test needs the right to mount"))) {
            Map<String, String> place =
                    Map.of("genapi.blob.directory", disk.path().resolve("blobs").toString());
            Map<String, String> filling = new HashMap<>(place);
            filling.put("genapi.gateway.claim-check.min-free", "0B");
            ServiceProcess gateway = cluster.startGateway(filling);
            cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
            ServiceProcess worker = cluster.startWorker(place);

            Answer answer = gateway.api().post("/v1/chat/completions", body.json());

            assertEquals("You said: place-full.", answer.content(), answer::toString);
            assertEquals(List.of(body.sha256()), asked(body));
            ConsumerRecord<byte[], byte[]> record = record("genapi.requests.priority", answer.jobId());
            assertEquals(body.json().length(), record.value().length);
            assertTrue(gateway.api()
                    .get("/metrics")
                    .text()
                    .contains("genapi_gateway_large_requests_total{body=\"in_record\"} 1.0"));
            assertTrue(gateway.process().log().contains("is full"), "the log says why");
            assertEquals(0, gateway.process().terminate());
            assertEquals(0, worker.process().terminate());
        }
    }

    @Test
    void opensNothingForAForgedClaim() {
        LargeBody body = LargeBody.of("place-theirs.", IMAGE_BYTES);
        String id = submit(body);
        cluster.ended(id);
        ConsumerRecord<byte[], byte[]> theirs = record(REQUESTS, id);

        Answer unknown = cluster.ended(forged(theirs, "claim-check-sha256", "0".repeat(64)));
        Answer file = cluster.ended(forged(theirs, "claim-check", "019c142c5e00-00000000000000010000000000000002"));
        Answer path = cluster.ended(forged(theirs, "claim-check", "../../etc/passwd"));

        assertEquals("request_body_lost", unknown.errorCode(), unknown::toString);
        assertEquals("invalid_header", file.errorCode(), file::toString);
        assertEquals("invalid_header", path.errorCode(), path::toString);
        assertFalse(path.text().contains("root:"));
        assertEquals(1, asked(body).size());
    }

    /** A record with their claim but for one header of it; the job that it is. */
    private String forged(ConsumerRecord<byte[], byte[]> theirs, String header, String value) {
        ProducerRecord<byte[], byte[]> forged = new ProducerRecord<>(REQUESTS, theirs.value());
        String correlation = "forged-" + header + value.hashCode();
        forged.headers().add("correlation-id", correlation.getBytes(StandardCharsets.UTF_8));
        for (String name : List.of("claim-check", "claim-check-place", "claim-check-length", "claim-check-sha256")) {
            String told = name.equals(header) ? value : Topics.header(theirs, name);
            forged.headers().add(name, told.getBytes(StandardCharsets.UTF_8));
        }
        topics.send(forged);
        return new String(
                topics.await(
                                "the result of the forged claim",
                                "genapi.results",
                                record ->
                                        Topics.header(record, "correlation-id").equals(correlation))
                        .key(),
                StandardCharsets.UTF_8);
    }

    private Path blob(String id) {
        return cluster.blobs().resolve(Topics.header(record(REQUESTS, id), "claim-check"));
    }

    /** Nobody serves what is submitted, but a worker of another lane says that it reads the place. */
    private void stopWorkers() {
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
        cluster.startWorker(Map.of("genapi.worker.lanes", "priority"));
        awaitPuttingAway();
    }

    private String submit(LargeBody body) {
        Answer accepted = cluster.api().post("/v1/chat/completions", body.json(), "Prefer", "respond-async");
        assertEquals(202, accepted.status(), accepted::toString);
        return accepted.jobId();
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
                record -> job.equals(Optional.ofNullable(record.key())
                        .map(key -> new String(key, StandardCharsets.UTF_8))
                        .orElse("")));
    }
}
