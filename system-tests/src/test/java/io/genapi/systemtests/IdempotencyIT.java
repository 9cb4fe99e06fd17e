package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What is submitted many times is run once. */
@SystemTest
final class IdempotencyIT {

    private static final int DUPLICATES = 50;

    private final Cluster cluster;
    private final Topics topics;

    IdempotencyIT(Cluster cluster) {
        this.cluster = cluster;
        this.topics = new Topics(cluster.kafka().bootstrapServers());
    }

    @Test
    void makesOneVendorCallOfFiftyDuplicatesAtBothGatewaysInWhicheverWayTheyWait() {
        cluster.simulator().hold();
        List<CompletableFuture<Answer>> waiting = duplicates("once-many");
        List<CompletableFuture<Answer>> queued =
                Concurrently.start(6, i -> gateway(i).submit("once-many", "Idempotency-Key", "once-many"));
        Set<String> ids = Concurrently.join(queued).stream()
                .peek(answer -> assertEquals(202, answer.status(), answer::toString))
                .map(Answer::jobId)
                .collect(Collectors.toSet());
        assertEquals(1, ids.size(), ids::toString);
        Eventually.holds("the job is at the vendor", () -> cluster.simulator().inFlight() == 1);
        cluster.simulator().release();

        assertAnswered(waiting, "once-many");
        assertEquals("succeeded", cluster.ended(ids.iterator().next()).jobStatus());
        assertAnswered(duplicates("once-many"), "once-many");
        assertEquals(1, cluster.simulator().callsAbout("once-many").size(), "vendor calls");

        Answer misuse = gateway(1).chat("once-other", "Idempotency-Key", "once-many");
        assertEquals(422, misuse.status(), misuse::toString);
        assertEquals(List.of(), cluster.simulator().callsAbout("once-other"));
    }

    @Test
    void repeatsNoMoreThanTheCallOfAKilledWorkerForDuplicatesBeforeAndAfterIt() {
        cluster.simulator().hold();
        List<CompletableFuture<Answer>> calls = new ArrayList<>(duplicates("once-killed"));
        Eventually.holds("the job is at the vendor", () -> cluster.simulator().inFlight() == 1);

        cluster.workers().forEach(worker -> worker.process().kill());
        calls.addAll(duplicates("once-killed"));
        cluster.startWorker();
        cluster.startWorker();
        Eventually.holds(
                "the job is at the vendor again",
                () -> cluster.simulator().callsAbout("once-killed").size() == 2);
        cluster.simulator().release();

        assertAnswered(calls, "once-killed");
        assertEquals(2, cluster.simulator().callsAbout("once-killed").size(), "the killed worker's call, and one more");
    }

    @Test
    void countsARecordOverKafkaAndACallOverHttpAsOne() {
        cluster.simulator().hold();
        topics.sendAll(Stream.of("default", "default", "flex").map(lane -> keyed(lane, "once-kafka", "once-kafka")));
        List<CompletableFuture<Answer>> calls = duplicates("once-kafka");
        Eventually.holds("the job is at the vendor", () -> cluster.simulator().inFlight() == 1);
        cluster.simulator().release();

        assertAnswered(calls, "once-kafka");
        topics.send(keyed("default", "once-kafka", "once-kafka-other"));
        ConsumerRecord<byte[], byte[]> refused = topics.await(
                "the refusal",
                "genapi.results",
                record -> Topics.header(record, "correlation-id").equals("once-kafka-other"));
        assertEquals("failed", Topics.header(refused, "status"));
        assertEquals("422", Topics.header(refused, "http-status"));
        assertTrue(Topics.text(refused).contains("idempotency_key_reused"));
        assertEquals(1, cluster.simulator().callsAbout("once-kafka").size(), "vendor calls");
    }

    private List<CompletableFuture<Answer>> duplicates(String question) {
        return Concurrently.start(DUPLICATES, i -> gateway(i).chat(question, "Idempotency-Key", question));
    }

    private Api gateway(int number) {
        return cluster.gateways().get(number % cluster.gateways().size()).api();
    }

    private static void assertAnswered(List<CompletableFuture<Answer>> calls, String question) {
        List<Answer> answers = Concurrently.join(calls);
        answers.forEach(answer -> {
            assertEquals(200, answer.status(), answer::toString);
            assertEquals("You said: " + question, answer.content());
        });
        assertEquals(1, answers.stream().map(Answer::jobId).distinct().count(), "one job");
    }

    private static ProducerRecord<byte[], byte[]> keyed(String lane, String key, String question) {
        ProducerRecord<byte[], byte[]> request =
                new ProducerRecord<>("genapi.requests." + lane, utf8(Api.chatBody(Api.MODEL, question)));
        request.headers().add("idempotency-key", utf8(key)).add("correlation-id", utf8(question));
        return request;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
