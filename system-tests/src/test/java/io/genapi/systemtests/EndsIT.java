package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.SystemTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Ends that no vendor's answer brings about: deadlines, cancellations, poison. */
@SystemTest
final class EndsIT {

    private static final String REQUESTS = "genapi.requests.default";

    private final Cluster cluster;
    private final Topics topics;

    EndsIT(Cluster cluster) {
        this.cluster = cluster;
        this.topics = new Topics(cluster.kafka().bootstrapServers());
    }

    @Test
    void expiresAJobAtItsDeadlineThoughNoWorkerRuns() {
        stopWorkers();
        ProducerRecord<byte[], byte[]> request = request("ends-expired");
        request.headers().add("deadline", utf8(Instant.now().plusSeconds(2).toString()));
        topics.send(request);

        ConsumerRecord<byte[], byte[]> result = topics.await(
                "the job's end",
                "genapi.results",
                record -> Topics.header(record, "correlation-id").equals("ends-expired"));
        assertEquals("expired", Topics.header(result, "status"));
        String id = new String(result.key(), StandardCharsets.UTF_8);
        assertEquals("expired", cluster.api().job(id, 30).jobStatus());

        cluster.startWorker();
        Answer next = cluster.api().chat("ends-after-the-expired");
        assertEquals(200, next.status(), next::toString);
        assertEquals(List.of(), cluster.simulator().callsAbout("ends-expired"), "it is not called for any more");
    }

    @Test
    void cancelsAQueuedJobThatNoWorkerHasSeenAndNeverCallsForIt() {
        stopWorkers();
        String id = cluster.api().submit("ends-cancelled-queued").jobId();

        cluster.cancel(id);

        cluster.startWorker();
        Answer next = cluster.api().chat("ends-after-the-cancelled");
        assertEquals(200, next.status(), next::toString);
        assertEquals("cancelled", cluster.api().job(id).jobStatus());
        assertEquals(List.of(), cluster.simulator().callsAbout("ends-cancelled-queued"));
    }

    @Test
    void cutsTheCallOfACancelledJobOffOnWhicheverWorkerItRuns() {
        cluster.simulator().hold();
        List<String> ids = List.of("1", "2", "3", "4").stream()
                .map(number ->
                        cluster.api().submit("ends-cancelled-running-" + number).jobId())
                .toList();
        Eventually.holds("all are at the vendor", () -> cluster.simulator().inFlight() == ids.size());

        ids.forEach(cluster::cancel);

        Eventually.holds(
                "the vendor's connections are closed", () -> cluster.simulator().inFlight() == 0);
        for (String id : ids) {
            Answer job = cluster.api().job(id);
            assertEquals("cancelled", job.jobStatus(), job::toString);
            assertEquals(1, job.json().path("attempts").asInt(), "the call that was cut off is accounted for");
        }
    }

    @Test
    void keepsAnUnknownVersionAsADeadLetterThatRedrivePutsBack() {
        ProducerRecord<byte[], byte[]> request = request("ends-poison");
        request.headers().add("ce_type", utf8("genapi.job.requested.v2"));
        topics.send(request);
        ConsumerRecord<byte[], byte[]> letter = topics.await(
                "the dead letter",
                "genapi.dead-letters",
                record -> Topics.header(record, "correlation-id").equals("ends-poison"));
        assertEquals(Api.chatBody(Api.MODEL, "ends-poison"), Topics.text(letter));
        assertTrue(Topics.header(letter, "dead-letter-reason").contains("v2"));

        Genapi genapi = new Genapi(cluster.directory());
        String bootstrap = cluster.kafka().bootstrapServers();
        Genapi.Outcome listed = genapi.run("jobs", "redrive", "--list", "--bootstrap", bootstrap);
        assertEquals(0, listed.exitCode(), listed::toString);
        assertTrue(listed.out().contains("genapi.job.requested.v2"), listed::toString);

        String number = Long.toString(letter.offset());
        Genapi.Outcome redriven = genapi.run("jobs", "redrive", number, "--bootstrap", bootstrap);

        assertEquals(0, redriven.exitCode(), redriven::toString);
        // No worker here reads that version, so it comes to lie where it lay before, as it was.
        Eventually.holds(
                "it was read again",
                () -> topics.all("genapi.dead-letters").stream()
                                .filter(record ->
                                        Topics.header(record, "correlation-id").equals("ends-poison"))
                                .filter(record -> Topics.text(record).equals(Topics.text(letter)))
                                .count()
                        == 2);
    }

    private void stopWorkers() {
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
    }

    private static ProducerRecord<byte[], byte[]> request(String question) {
        ProducerRecord<byte[], byte[]> request =
                new ProducerRecord<>(REQUESTS, utf8(Api.chatBody(Api.MODEL, question)));
        request.headers().add("correlation-id", utf8(question));
        return request;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
