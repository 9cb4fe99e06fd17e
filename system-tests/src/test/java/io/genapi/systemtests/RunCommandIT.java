package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.Spawned;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.SystemTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./genapi run} on files of jobs. */
@SystemTest
final class RunCommandIT {

    private static final int LINES = 300;

    private final LocalBroker broker;
    private final Path directory;
    private final Genapi genapi;

    RunCommandIT(LocalBroker broker, TestInfo test) {
        this.broker = broker;
        directory = Checkout.emptyDirectory(
                "run/" + test.getTestMethod().orElseThrow().getName());
        genapi = new Genapi(directory);
    }

    @AfterEach
    void reset() {
        broker.simulator().reset();
    }

    private static String line(String customId, String model, String question) {
        return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}"
                .formatted(customId, Api.chatBody(model, question));
    }

    private Path file(String name, IntFunction<String> line) throws IOException {
        return Files.write(
                directory.resolve(name),
                IntStream.range(0, LINES).mapToObj(line).toList());
    }

    /** The results by their custom_id. */
    private static ObjectNode results(Path out) throws IOException {
        ObjectNode byId = JsonMapper.shared().createObjectNode();
        for (String line : Files.readAllLines(out)) {
            JsonNode result = JsonMapper.shared().readTree(line);
            String id = result.path("custom_id").asString();
            assertFalse(byId.has(id), () -> "two results for one custom_id: " + line);
            byId.set(id, result);
        }
        return byId;
    }

    private static String answerOf(JsonNode result) {
        return result.path("response")
                .path("body")
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asString("");
    }

    @Test
    void writesAResultForEveryLineAndSaysThatSomeFailed() throws IOException {
        Path input =
                file("mixed.jsonl", i -> line("job-" + i, i % 50 == 7 ? "no-such-model" : Api.MODEL, "mixed-" + i));
        Path out = directory.resolve("mixed.out");

        Genapi.Outcome run = genapi.run(
                "run",
                input.toString(),
                "--out",
                out.toString(),
                "--data",
                broker.data().toString());

        assertEquals(1, run.exitCode(), run::toString);
        ObjectNode results = results(out);
        assertEquals(LINES, results.size());
        for (int i = 0; i < LINES; i++) {
            JsonNode result = results.path("job-" + i);
            int status = result.path("response").path("status_code").asInt();
            if (i % 50 == 7) {
                assertEquals(404, status, result::toString);
                assertEquals(
                        "model_not_found",
                        result.path("response")
                                .path("body")
                                .path("error")
                                .path("code")
                                .asString(),
                        result::toString);
            } else {
                assertEquals(200, status, result::toString);
                assertEquals("You said: mixed-" + i, answerOf(result));
            }
        }
        assertTrue(run.out().contains("294 succeeded, 6 failed"), run::toString);
    }

    @Test
    void goesOnAfterCtrlCWithoutSubmittingAnythingTwice() throws IOException {
        broker.simulator().behave("{\"latency\":\"200ms\"}");
        Path input = file("interrupted.jsonl", i -> line("job-" + i, Api.MODEL, "interrupted-" + i + "-end"));
        Path out = directory.resolve("interrupted.out");
        String[] command = {
            "run",
            input.toString(),
            "--out",
            out.toString(),
            "--concurrency",
            "20",
            "--data",
            broker.data().toString()
        };

        Spawned first = genapi.start(command);
        Eventually.holds("some results are there", () -> linesOf(out) >= 40);
        int exitCode = first.interrupt();
        long before = linesOf(out);
        assertEquals(130, exitCode, first::log);
        assertTrue(before < LINES, "it was interrupted in the middle: " + before + " results");

        Genapi.Outcome second = genapi.run(command);

        assertEquals(0, second.exitCode(), second::toString);
        ObjectNode results = results(out);
        assertEquals(LINES, results.size());
        IntStream.range(0, LINES)
                .forEach(i -> assertEquals("You said: interrupted-" + i + "-end", answerOf(results.path("job-" + i))));
        assertEquals(LINES, broker.simulator().callsAbout("interrupted-").size(), "vendor calls");
        System.out.printf("RunCommandIT: interrupted with %d of %d results%n", before, LINES);
    }

    private static long linesOf(Path file) {
        if (!Files.exists(file)) {
            return 0;
        }
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void submitsNothingOfAMalformedFileAndNamesItsLines() throws IOException {
        Path input = Files.write(
                directory.resolve("malformed.jsonl"),
                List.of(
                        line("good", Api.MODEL, "malformed-good"),
                        "this is no JSON",
                        line("good", Api.MODEL, "malformed-same-id"),
                        "{\"custom_id\":\"no-body\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\"}"));

        Genapi.Outcome run =
                genapi.run("run", input.toString(), "--data", broker.data().toString());

        assertEquals(2, run.exitCode(), run::toString);
        for (String line : List.of("line 2", "line 3", "line 4")) {
            assertTrue(run.err().contains(line), () -> line + " is named: " + run);
        }
        assertFalse(run.err().contains("line 1 "), run::toString);
        assertEquals(List.of(), broker.simulator().callsAbout("malformed-"));
    }

    @Test
    void startsABrokerOfItsOwnWhereNoneRuns() throws IOException {
        Path input = Files.write(
                directory.resolve("own.jsonl"),
                IntStream.range(0, 10)
                        .mapToObj(i -> line("job-" + i, Api.MODEL, "own-" + i))
                        .toList());
        Path out = directory.resolve("own.out");
        if (somebodyAnswersOnTheUsualPort()) {
            throw io.genapi.systemtests.harness.NotRun.because(
                    "RunCommandIT.startsABrokerOfItsOwnWhereNoneRuns",
                    "something answers on port 8080 of this machine");
        }

        Genapi.Outcome run = genapi.run(
                "run",
                input.toString(),
                "--out",
                out.toString(),
                "--data",
                directory.resolve("own-data").toString());

        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.err().contains("No broker runs"), run::toString);
        ObjectNode results = results(out);
        assertEquals(10, results.size());
        IntStream.range(0, 10).forEach(i -> assertEquals("You said: own-" + i, answerOf(results.path("job-" + i))));
        assertFalse(DetachedBrokerState.exists(directory.resolve("own-data")), "its broker is gone");
    }

    private static boolean somebodyAnswersOnTheUsualPort() {
        try {
            return new Api(java.net.URI.create("http://127.0.0.1:8080"))
                            .get("/health/live")
                            .status()
                    > 0;
        } catch (UncheckedIOException nobody) {
            return false;
        }
    }
}
