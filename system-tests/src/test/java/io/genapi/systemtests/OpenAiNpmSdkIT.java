package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.chaos.process.Spawned;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.NotRun;
import io.genapi.systemtests.harness.SystemTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's client for JavaScript, from its own package, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class OpenAiNpmSdkIT {

    private static final Path SOURCE = Path.of("system-tests", "src", "test", "node", "openai");

    private final LocalBroker broker;
    private final Path directory = Checkout.emptyDirectory("openai-npm");

    OpenAiNpmSdkIT(LocalBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void reset() {
        broker.simulator().reset();
    }

    @Test
    void worksUnchanged() throws IOException {
        if (run("npm", "npm", "--version") != 0 || run("node", "node", "--version") != 0) {
            throw NotRun.because("OpenAiNpmSdkIT.worksUnchanged", "npm or node is not installed");
        }
        try (Stream<Path> files = Files.list(Checkout.root().resolve(SOURCE))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(file.getFileName().toString()));
            }
        }
        assertEquals(0, run("npm-ci", "npm", "ci", "--prefix", directory.toString()), () -> log("npm-ci"));

        int exitCode = run(
                "node-test",
                "node",
                "--test",
                "--test-concurrency=1",
                directory.resolve("client.test.mjs").toString(),
                directory.resolve("responses.test.mjs").toString());

        assertEquals(0, exitCode, () -> log("node-test"));
        assertEquals(
                1,
                JobPages.correlated(broker.api(), "npm-lost").size(),
                "what the client sent again, its connection being lost, is the same job");
        assertEquals(
                1, JobPages.correlated(broker.api(), "npm-failing").size(), "the client's retries made no second job");
    }

    private int run(String name, String... command) {
        try (Spawned process = Spawned.start(
                name,
                directory,
                List.of(command),
                Map.of(
                        "GENAPI_BASE_URL",
                        broker.api().base() + "/v1",
                        "SIMULATOR_CONTROL_URL",
                        broker.simulator().controlUrl()))) {
            return process.awaitEnd();
        } catch (UncheckedIOException absent) {
            return -1;
        }
    }

    private String log(String name) {
        try {
            return Files.readString(directory.resolve(name + ".log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
