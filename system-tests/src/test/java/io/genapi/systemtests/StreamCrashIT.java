package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that dies while its callers read their answers. */
@SystemTest
final class StreamCrashIT {

    private static final int STREAMS = 8;

    private final Cluster cluster;

    StreamCrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void reset() {
        cluster.simulator().reset();
    }

    @Test
    void streamsGoOnAtAnotherGatewayBehindTheirLastEvents() {
        ServiceProcess victim = cluster.gateways().getFirst();
        Api survivor = cluster.gateways().getLast().api();
        cluster.simulator().behave("{\"time_per_token\":\"150ms\"}");
        String words = " and on".repeat(60);
        List<StreamedEvents> streams = IntStream.range(0, STREAMS)
                .mapToObj(i -> StreamedEvents.ask(victim.api(), "stream-crash-" + i + words))
                .toList();
        Eventually.holds(
                "all streams flow",
                () -> streams.stream().allMatch(stream -> stream.ids().size() > 3));

        victim.process().kill();

        for (int i = 0; i < STREAMS; i++) {
            StreamedEvents broken = streams.get(i);
            Eventually.holds("the stream breaks", broken::hasEnded);
            assertFalse(broken.isWhole(), broken::toString);
            List<String> ids = broken.ids();
            try (StreamedEvents rest = StreamedEvents.follow(survivor, broken.job(), "Last-Event-ID", ids.getLast())) {
                Eventually.holds("the rest ends", rest::hasEnded);
                assertTrue(rest.isWhole(), rest::toString);
                List<String> all = new ArrayList<>(ids);
                all.addAll(rest.ids());
                String run = ids.getFirst().substring(0, 8);
                assertEquals(
                        IntStream.range(0, all.size())
                                .mapToObj(seq -> run + "-" + seq)
                                .toList(),
                        all,
                        "every piece once");
                assertEquals("You said: stream-crash-" + i + words, broken.text() + rest.text());
            }
            broken.close();
        }
        assertEquals(STREAMS, cluster.simulator().callsAbout("stream-crash-").size(), "vendor calls");
    }
}
