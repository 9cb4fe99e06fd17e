package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A batch whose gateways and store die while it runs. */
@SystemTest
final class BatchCrashIT {

    private static final int LINES = 300;
    private static final String BOUNDARY = "boundary7f3a";

    private final Cluster cluster;

    BatchCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void endsWithEachRequestAnsweredByOneVendorCall() {
        List<ServiceProcess> gateways = cluster.gateways();
        cluster.simulator().hold();
        String id = batch(cluster.api());
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

        JsonNode batch = ended(survivor, id);
        assertEquals("completed", batch.path("status").asString(), batch::toString);
        assertEquals(LINES, batch.at("/request_counts/completed").asInt(), batch::toString);
        String output = survivor.get("/v1/files/" + batch.path("output_file_id").asString() + "/content")
                .text();
        assertEquals(LINES, output.lines().distinct().count());
        for (int i = 0; i < LINES; i++) {
            int line = i;
            assertEquals(
                    1,
                    output.lines()
                            .filter(answer -> answer.contains("\"You said: batch-crash-" + line + ".\""))
                            .count(),
                    "answers to " + line);
        }
        assertEquals(LINES, cluster.simulator().callsAbout("batch-crash-").size(), "vendor calls");
    }

    private static String batch(Api api) {
        String lines = IntStream.range(0, LINES)
                .mapToObj(i -> """
                        {"custom_id":"line-%d","method":"POST","url":"/v1/chat/completions","body":%s}
                        """.formatted(i, Api.chatBody(Api.MODEL, "batch-crash-" + i + ".")))
                .collect(Collectors.joining());
        String form = String.join(
                "\r\n",
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"purpose\"",
                "",
                "batch",
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"",
                "",
                lines,
                "--" + BOUNDARY + "--",
                "");
        Answer file = api.send(
                "POST",
                "/v1/files",
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "multipart/form-data; boundary=" + BOUNDARY);
        assertEquals(200, file.status(), file::toString);
        Answer batch =
                api.post("/v1/batches", """
                {"input_file_id":"%s","endpoint":"/v1/chat/completions","completion_window":"24h"}""".formatted(file.json().path("id").asString()));
        assertEquals(200, batch.status(), batch::toString);
        return batch.json().path("id").asString();
    }

    private static JsonNode ended(Api api, String id) {
        Answer[] last = new Answer[1];
        Eventually.holds("the batch ends", () -> {
            last[0] = api.get("/v1/batches/" + id);
            return last[0].json().hasNonNull("completed_at");
        });
        return last[0].json();
    }
}
