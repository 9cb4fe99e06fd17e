package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.process.Spawned;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.DetachedBroker;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.NotRun;
import io.genapi.systemtests.harness.SystemTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The default way to run it, with the commands that its users type. */
@SystemTest
final class StandaloneIT {

    private final Path directory;
    private final Path data;
    private final Genapi genapi;

    StandaloneIT(TestInfo test) {
        directory = Checkout.emptyDirectory(
                "standalone/" + test.getTestMethod().orElseThrow().getName());
        data = directory.resolve("data");
        genapi = new Genapi(directory);
    }

    private Genapi.Outcome up() {
        return genapi.run("up", "--detach", "--port", "0", "--kafka-port", "0", "--data", data.toString());
    }

    private Genapi.Outcome onData(String... words) {
        String[] arguments = java.util.Arrays.copyOf(words, words.length + 2);
        arguments[words.length] = "--data";
        arguments[words.length + 1] = data.toString();
        return genapi.run(arguments);
    }

    @Test
    void keepsJobsAndResultsOverStopsAndKills() throws IOException {
        Genapi.Outcome up = up();
        assertEquals(0, up.exitCode(), up::toString);
        try (DetachedBroker first = DetachedBroker.on(data)) {
            assertIntroducesItself(up, first);
            assertTakesTheCurlLine(up);
            assertAnswersCommands();
        }
    }

    private static void assertIntroducesItself(Genapi.Outcome up, DetachedBroker broker) {
        assertTrue(up.out().contains("You said: Say that you are there."), up::toString);
        assertTrue(up.out().contains(broker.address() + "/v1"), up::toString);
        assertTrue(up.out().contains(broker.bootstrapServers()), up::toString);
        assertTrue(up.out().contains("was answered by simulator"), up::toString);
    }

    private void assertTakesTheCurlLine(Genapi.Outcome up) throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/curl"))) {
            System.out.println("NOT RUN: the printed curl line because there is no curl");
            return;
        }
        String line = up.out().substring(up.out().indexOf("curl "));
        Path script = Files.writeString(directory.resolve("curl.sh"), line);
        try (Spawned curl = Spawned.start("curl", directory, List.of("bash", script.toString()), Map.of())) {
            assertEquals(0, curl.awaitEnd(), curl::log);
            assertTrue(curl.log().contains("You said: Hello"), curl::log);
        }
    }

    private void assertAnswersCommands() {
        Genapi.Outcome status = onData("status");
        assertEquals(0, status.exitCode(), status::toString);
        assertTrue(status.out().contains("healthy"), status::toString);

        Genapi.Outcome chat = onData("chat", "How do you do?");
        assertEquals(0, chat.exitCode(), chat::toString);
        assertEquals("You said: How do you do?", chat.out().strip());

        Genapi.Outcome async = onData("chat", "--async", "Remember me");
        assertEquals(0, async.exitCode(), async::toString);
        String id = async.out().strip();
        assertTrue(id.startsWith("job_"), async::toString);
        assertRemembers(id);
        assertTrue(onData("jobs", "list").out().contains(id), "the list has the job");

        Genapi.Outcome second = up();
        assertEquals(1, second.exitCode(), second::toString);
        assertTrue(second.err().contains("already runs"), second::toString);
        assertNoStackTrace(second);

        Genapi.Outcome down = onData("down");
        assertEquals(0, down.exitCode(), down::toString);
        assertFalse(DetachedBrokerState.exists(data), "nothing claims to run");
        Genapi.Outcome nobody = onData("chat", "Is anybody there?");
        assertEquals(3, nobody.exitCode(), nobody::toString);

        assertEquals(0, up().exitCode(), "it starts again");
        assertRemembers(id);
        try (DetachedBroker again = DetachedBroker.on(data)) {
            Genapi.Outcome late = onData("chat", "--async", "Remember me too");
            String lateId = late.out().strip();
            again.kill();

            Genapi.Outcome third = up();
            assertEquals(0, third.exitCode(), third::toString);
            assertRemembers(id);
            Genapi.Outcome shown = onData("jobs", "show", lateId, "--wait", "60");
            assertTrue(shown.out().contains("You said: Remember me too"), shown::toString);
            assertEquals(0, onData("down").exitCode());
        }
    }

    private void assertRemembers(String id) {
        Genapi.Outcome shown = onData("jobs", "show", id, "--wait", "60");
        assertEquals(0, shown.exitCode(), shown::toString);
        assertTrue(shown.out().contains("You said: Remember me"), shown::toString);
        assertTrue(shown.out().contains("\"succeeded\""), shown::toString);
    }

    private static void assertNoStackTrace(Genapi.Outcome outcome) {
        assertFalse((outcome.out() + outcome.err()).contains("\tat "), outcome::toString);
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            for (List<String> ports : List.of(List.of(port, "0"), List.of("0", port))) {
                Genapi.Outcome up = genapi.run(
                        "up",
                        "--detach",
                        "--port",
                        ports.getFirst(),
                        "--kafka-port",
                        ports.getLast(),
                        "--data",
                        data.toString());
                assertEquals(1, up.exitCode(), up::toString);
                assertTrue(up.err().contains("Port " + port + " is in use"), up::toString);
                assertNoStackTrace(up);
            }
        }
    }

    @Test
    void refusesAnUnknownOption() {
        Genapi.Outcome outcome = genapi.run("up", "--no-such-option");
        assertEquals(2, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.err().contains("--no-such-option"), outcome::toString);
        assertNoStackTrace(outcome);
    }

    @Test
    void endsInOrderOnSigtermAndReleasesItsData() {
        for (int round = 0; round < 2; round++) {
            Spawned up = genapi.start("up", "--port", "0", "--kafka-port", "0", "--data", data.toString());
            Eventually.holds("it is up", () -> {
                if (!up.isAlive()) {
                    throw new GivenUpException("it ended: " + up.log());
                }
                return up.log().contains("Ctrl-C stops it");
            });
            assertEquals(0, up.terminate(), up::log);
            assertTrue(up.log().contains("Stopped."), up::log);
            assertFalse(DetachedBrokerState.exists(data), "nothing claims to run");
        }
    }

    @Test
    void takesNoJobsOnAFullDiskAndGoesOnWhenThereIsSpace() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("small-disk"))
                .orElseThrow(() -> NotRun.because(
                        "StandaloneIT.takesNoJobsOnAFullDiskAndGoesOnWhenThereIsSpace",
                        "this user may not mount a small file system"))) {
            Path full = disk.path().resolve("data");
            Genapi.Outcome up =
                    genapi.run("up", "--detach", "--port", "0", "--kafka-port", "0", "--data", full.toString());
            assertEquals(0, up.exitCode(), up::toString);
            try (DetachedBroker broker = DetachedBroker.on(full)) {
                Path ballast = disk.fillUp();
                Eventually.holds(
                        "a job is refused", () -> broker.api().chat("no space").status() == 503);
                Answer refused = broker.api().chat("no space");
                assertEquals(503, refused.status(), refused::toString);
                assertEquals("disk_full", refused.errorCode());
                assertFalse(refused.header("Retry-After").isEmpty(), "it says when to come back");

                Files.delete(ballast);
                Eventually.holds(
                        "jobs are taken again", () -> broker.api().chat("space").status() == 200);
                broker.kill();
            }
        }
    }
}
