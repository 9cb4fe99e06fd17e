package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Batches that end before all of their requests are answered: some are, most hang at the vendor, and some never began. */
@SystemTest
final class BatchEndsIT {

    private static final int ANSWERED = 20;

    /** What a gateway has open at once of one batch. */
    private static final int HANGING = 500;

    private static final int NOT_BEGUN = 80;
    private static final int LINES = ANSWERED + HANGING + NOT_BEGUN;

    private final Cluster cluster;

    BatchEndsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void hangAfterTheFirst() {
        cluster.simulator().pass(ANSWERED);
        cluster.simulator().hang(LINES);
    }

    @Test
    void expiresWithTheAnswersThatThereAre() {
        Api api = cluster.startGateway(Map.of("genapi.gateway.batch.window", "25s"))
                .api();
        String id = Batches.start(api, "batch-expired-", LINES);

        JsonNode batch = Batches.ended(cluster.api(), id);

        assertEquals("expired", batch.path("status").asString(), batch::toString);
        long late = batch.path("expired_at").asLong() - batch.path("expires_at").asLong();
        assertTrue(late >= 0, batch::toString);
        System.out.printf("BatchEndsIT: the batch was expired %d s after its time%n", late);
        assertPartial(batch, "batch_expired");
    }

    @Test
    void isCancelledWithTheAnswersThatThereAre() {
        Api api = cluster.api();
        String id = Batches.start(api, "batch-cancelled-", LINES);
        awaitHanging(api, id);

        Answer cancelling = cluster.gateways().getLast().api().post("/v1/batches/" + id + "/cancel", "");

        assertEquals("cancelling", cancelling.json().path("status").asString(), cancelling::toString);
        JsonNode batch = Batches.ended(api, id);
        assertEquals("cancelled", batch.path("status").asString(), batch::toString);
        assertEquals(ANSWERED, batch.at("/request_counts/completed").asInt(), batch::toString);
        assertPartial(batch, "batch_cancelled");
    }

    private void awaitHanging(Api api, String id) {
        Eventually.holds(
                "as many requests as may be hang at the vendor",
                () -> cluster.simulator().inFlight() == HANGING);
        Batches.seen(
                api,
                id,
                "the first answers are counted",
                batch -> batch.at("/request_counts/completed").asInt() == ANSWERED);
    }

    /** Every request is in one of the two files, once, and nothing more is asked of the vendor. */
    private void assertPartial(JsonNode batch, String code) {
        Api api = cluster.api();
        List<JsonNode> answers = Batches.results(api, batch, "output_file_id");
        List<JsonNode> errors = Batches.results(api, batch, "error_file_id");
        assertTrue(!answers.isEmpty() && answers.size() <= ANSWERED, batch::toString);
        assertTrue(errors.size() >= LINES - ANSWERED, batch::toString);
        assertEquals(LINES, batch.at("/request_counts/total").asInt(), batch::toString);
        assertEquals(answers.size(), batch.at("/request_counts/completed").asInt(), batch::toString);
        assertEquals(errors.size(), batch.at("/request_counts/failed").asInt(), batch::toString);
        assertEquals(
                Set.of(code),
                errors.stream().map(line -> line.at("/error/code").asString()).collect(Collectors.toSet()));
        assertEquals(LINES, answers.size() + errors.size());
        assertEquals(
                LINES,
                Stream.concat(answers.stream(), errors.stream())
                        .map(line -> line.path("custom_id").asString())
                        .distinct()
                        .count());
        Eventually.holds(
                "the calls that hung are cut off", () -> cluster.simulator().inFlight() == 0);
        int calls = cluster.simulator().callsAbout("batch-").size();
        assertTrue(calls <= ANSWERED + HANGING, () -> calls + " vendor calls");
    }
}
