package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.S3Server;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two gateways and a worker whose blobs lie in a bucket that they share. */
@SystemTest
final class S3FilesIT {

    private static final int LINES = 100;

    private final Cluster cluster;

    S3FilesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void runsABatchFromAndIntoTheBucketAndLeavesNothingThereThatWasDeleted() {
        try (S3Server s3 = new S3Server()) {
            cluster.gateways()
                    .forEach(gateway -> assertEquals(0, gateway.process().terminate()));
            Api one = cluster.startGateway(s3.settings()).api();
            Api other = cluster.startGateway(s3.settings()).api();
            carriesALargeRequest(s3, one);

            String input = Batches.upload(one, Batches.lines("s3-", LINES));
            assertEquals(1, blobs(s3).size(), () -> blobs(s3).toString());
            assertTrue(
                    blobs(s3).getFirst().startsWith("genapi/"), () -> blobs(s3).toString());
            assertEquals(Batches.lines("s3-", LINES), Batches.content(other, input));

            JsonNode batch = Batches.ended(one, Batches.create(other, input));
            Batches.assertAnswered(one, batch, "s3-", LINES);
            Batches.assertAnswered(other, batch, "s3-", LINES);
            assertEquals(2, blobs(s3).size(), () -> blobs(s3).toString());

            String output = batch.path("output_file_id").asString();
            List.of(input, output).forEach(file -> delete(other, file));
            assertEquals(404, one.get("/v1/files/" + output + "/content").status());
            assertEquals(List.of(), blobs(s3));
            cluster.gateways()
                    .forEach(gateway -> assertEquals(0, gateway.process().terminate()));
            cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
        }
    }

    /** Until every worker has said that it reads the bucket, requests go past it. */
    private void carriesALargeRequest(S3Server s3, Api gateway) {
        cluster.workers().forEach(worker -> assertEquals(0, worker.process().terminate()));
        cluster.startWorker(s3.settings());
        LargeBody[] body = new LargeBody[1];
        Eventually.holds("a body lies in the bucket", () -> {
            body[0] = LargeBody.of("s3-large-%s.".formatted(UUID.randomUUID()), 1 << 20);
            Answer answer = gateway.post("/v1/chat/completions", body[0].json());
            assertEquals("You said: " + body[0].question(), answer.content(), answer::toString);
            return s3.keys().stream().anyMatch(key -> key.startsWith("genapi/claim-"));
        });
        assertEquals(
                List.of(body[0].sha256()),
                cluster.simulator().callsAbout(body[0].question()).stream()
                        .map(call -> call.path("body_sha256").asString(""))
                        .toList());
    }

    /** The files there. */
    private static List<String> blobs(S3Server s3) {
        return s3.keys().stream()
                .filter(key -> !key.endsWith("/place.json") && !key.startsWith("genapi/claim-"))
                .toList();
    }

    private static void delete(Api api, String file) {
        Answer deleted = api.send("DELETE", "/v1/files/" + file, new byte[0]);
        assertEquals(200, deleted.status(), deleted::toString);
    }
}
