package io.genapi.simulator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private static final int CALLS = 2_000;

    @Test
    void holdsTwoThousandCallsAtOnceOnFewPlatformThreads() {
        try (VendorSimulator simulator = VendorSimulator.start();
                RawHttp http = new RawHttp(simulator)) {
            simulator.hold();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                answers.add(http.client()
                        .sendAsync(
                                http.request("POST", RawHttp.CHAT, RawHttp.chatBody("nonce-" + call + "-end"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()));
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> simulator.statistics().inFlight() == CALLS);
            // Platform threads only: the JVM's own, the client's and the simulator's two.
            assertTrue(Thread.getAllStackTraces().size() < 100, "few platform threads");

            simulator.release();
            for (int call = 0; call < CALLS; call++) {
                assertTrue(answers.get(call).join().body().contains("nonce-" + call + "-end"));
            }
            assertEquals(CALLS, simulator.statistics().maxInFlight());
            assertEquals(CALLS, simulator.statistics().withStatus(200));
        }
    }
}
