package io.genapi.systemtests;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.kafka.TopicReader;
import io.genapi.chaos.kafka.Topics;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What tests of large requests begin with: gateways put bodies away once they have heard of the workers and looked at the place. */
final class PuttingAway {

    private PuttingAway() {}

    /** Returns when every gateway does. */
    static void await(Cluster cluster, Topics topics) {
        LargeBody body = LargeBody.of("large-first.", 1 << 20);
        try (TopicReader requests = topics.fromNow("genapi.requests.default")) {
            for (ServiceProcess gateway : cluster.gateways()) {
                Eventually.holds("bodies are put away", () -> {
                    Answer accepted =
                            gateway.api().post("/v1/chat/completions", body.json(), "Prefer", "respond-async");
                    return accepted.status() == 202 && isClaimed(requests, accepted.jobId());
                });
            }
        }
    }

    private static boolean isClaimed(TopicReader requests, String job) {
        byte[] key = job.getBytes(StandardCharsets.US_ASCII);
        return !Topics.header(
                        requests.await("the request of " + job, record -> Arrays.equals(record.key(), key)),
                        "claim-check")
                .isEmpty();
    }
}
