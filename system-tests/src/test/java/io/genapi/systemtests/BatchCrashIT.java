package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.vendor.VendorCall;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Batches that run while processes die around them. */
@SystemTest
final class BatchCrashIT {

    private static final int LINES = 300;

    /** More than a gateway has open at once of one batch, so that some have not begun. */
    private static final int MANY_LINES = 700;

    private static final int MOST_OPEN = 500;

    private static final Pattern RUNNING = Pattern.compile("(?m)^genapi_vendor_running\\{.*} ([0-9.E]+)$");

    private final Cluster cluster;

    BatchCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void endsWithEachRequestAnsweredByOneVendorCallWhenGatewaysAndAStoreAreKilled() {
        List<ServiceProcess> gateways = cluster.gateways();
        cluster.simulator().hold();
        String id = Batches.start(cluster.api(), "batch-crash-", LINES);
        Eventually.holds(
                "all requests are at the vendor", () -> cluster.simulator().inFlight() == LINES);

        gateways.getFirst().process().kill();
        cluster.stores().getFirst().process().kill();
        cluster.startGateway();
        gateways.getLast().process().kill();
        Api survivor = cluster.api();
        Answer open = survivor.get("/v1/batches/" + id);
        assertEquals("in_progress", open.json().path("status").asString(), open::toString);
        cluster.simulator().release();

        JsonNode batch = Batches.ended(survivor, id);
        Batches.assertAnswered(survivor, batch, "batch-crash-", LINES);
        assertEquals(LINES, cluster.simulator().callsAbout("batch-crash-").size(), "vendor calls");
    }

    @Test
    void repeatsOnlyTheCallsThatAKilledWorkerHadInItsHands() {
        cluster.simulator().hold();
        String id = Batches.start(cluster.api(), "batch-worker-", MANY_LINES);
        Eventually.holds(
                "as many requests are at the vendor as may be",
                () -> cluster.simulator().inFlight() == MOST_OPEN);

        ServiceProcess survivor = cluster.workers().getLast();
        cluster.workers().getFirst().process().kill();
        Set<String> inHand = callsCutOff(survivor);
        cluster.simulator().release();

        JsonNode batch = Batches.ended(cluster.api(), id);
        Batches.assertAnswered(cluster.api(), batch, "batch-worker-", MANY_LINES);
        Map<String, Long> calls = calls();
        assertEquals(MANY_LINES, calls.size(), "requests that the vendor had");
        calls.forEach((question, times) -> assertTrue(
                times <= (inHand.contains(question) ? 2 : 1), () -> question + " was called for " + times + " times"));
        System.out.printf(
                "BatchCrashIT: %d vendor calls for %d requests, %d in the hands of the worker that was killed%n",
                calls.values().stream().mapToLong(Long::longValue).sum(), MANY_LINES, inHand.size());
    }

    /** The questions of those calls whose client went away, when all of them are known to the vendor. */
    private Set<String> callsCutOff(ServiceProcess survivor) {
        Eventually.holds(
                "only the other worker's calls are at the vendor",
                () -> cluster.simulator().inFlight() == running(survivor));
        Set<String> cutOff = cluster.simulator().vendorCalls().stream()
                .filter(VendorCall::abandoned)
                .map(VendorCall::question)
                .collect(Collectors.toSet());
        assertTrue(cutOff.size() < MOST_OPEN, "the other worker's calls go on");
        return cutOff;
    }

    private static long running(ServiceProcess worker) {
        return RUNNING.matcher(worker.api().get("/metrics").text())
                .results()
                .mapToLong(calls -> (long) Double.parseDouble(calls.group(1)))
                .sum();
    }

    private Map<String, Long> calls() {
        return cluster.simulator().vendorCalls().stream()
                .filter(call -> call.question().startsWith("batch-"))
                .collect(Collectors.groupingBy(VendorCall::question, Collectors.counting()));
    }

    @Test
    void losesAndRepeatsNothingWhenTheBrokerIsKilledThatLeadsWhatIsKnownOfBatches() throws Exception {
        cluster.simulator().hold();
        String id = Batches.start(cluster.api(), "batch-broker-", MANY_LINES);
        Eventually.holds(
                "as many requests are at the vendor as may be",
                () -> cluster.simulator().inFlight() == MOST_OPEN);

        int leader = leaderOf("genapi.batches");
        cluster.kafka().nodes().get(leader).kill();
        try {
            cluster.simulator().release();
            JsonNode batch = Batches.ended(cluster.api(), id);
            Batches.assertAnswered(cluster.api(), batch, "batch-broker-", MANY_LINES);
        } finally {
            cluster.kafka().restart(leader);
        }
        assertEquals(MANY_LINES, cluster.simulator().callsAbout("batch-broker-").size(), "vendor calls");
        Batches.assertAnswered(cluster.api(), Batches.ended(cluster.api(), id), "batch-broker-", MANY_LINES);
    }

    /** Which of the brokers, from 0, leads the topic's first partition. */
    private int leaderOf(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", cluster.kafka().bootstrapServers()))) {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            return description.partitions().getFirst().leader().id() - 1;
        }
    }
}
