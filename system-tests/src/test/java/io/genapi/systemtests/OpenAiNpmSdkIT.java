package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.systemtests.harness.LocalBroker;
import io.genapi.systemtests.harness.OpenAiNpm;
import io.genapi.systemtests.harness.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's client for JavaScript, from its own package, pointed at the gateway and otherwise unchanged. */
@SystemTest
final class OpenAiNpmSdkIT {

    private final LocalBroker broker;

    OpenAiNpmSdkIT(LocalBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void reset() {
        broker.simulator().reset();
    }

    @Test
    void worksUnchanged() {
        OpenAiNpm.Outcome outcome = OpenAiNpm.installed("OpenAiNpmSdkIT.worksUnchanged")
                .test(
                        Map.of(
                                "GENAPI_BASE_URL",
                                broker.api().base() + "/v1",
                                "SIMULATOR_CONTROL_URL",
                                broker.simulator().controlUrl()),
                        "client.test.mjs",
                        "responses.test.mjs");

        assertEquals(0, outcome.exitCode(), outcome::output);
        assertEquals(
                1,
                JobPages.correlated(broker.api(), "npm-lost").size(),
                "what the client sent again, its connection being lost, is the same job");
        assertEquals(
                1, JobPages.correlated(broker.api(), "npm-failing").size(), "the client's retries made no second job");
    }
}
