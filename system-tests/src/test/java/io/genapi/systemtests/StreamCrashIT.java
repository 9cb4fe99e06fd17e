package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.http.Answer;
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

/** A gateway or a worker that dies while callers read their answers. */
@SystemTest
final class StreamCrashIT {

    private static final int STREAMS = 8;
    private static final String WORDS = " and on".repeat(60);

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
        List<StreamedEvents> streams = IntStream.range(0, STREAMS)
                .mapToObj(i -> StreamedEvents.ask(victim.api(), "stream-crash-" + i + WORDS))
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
                assertEquals("You said: stream-crash-" + i + WORDS, broken.text() + rest.text());
            }
            broken.close();
        }
        assertEquals(STREAMS, cluster.simulator().callsAbout("stream-crash-").size(), "vendor calls");
    }

    @Test
    void aStreamWhoseWorkerIsKilledEndsWithAnErrorThatSaysSoAndItsJobHasOneWholeAnswer() {
        List<StreamedEvents> streams = flowing("stream-worker-");

        killTheWorkers();

        for (int i = 0; i < STREAMS; i++) {
            StreamedEvents broken = streams.get(i);
            Eventually.holds("the stream ends", broken::hasEnded);
            assertFalse(broken.isWhole(), broken::toString);
            assertEquals(
                    "stream_interrupted",
                    broken.chunks().getLast().at("/error/code").asString(),
                    broken::toString);
            assertEveryPieceOnce(broken.ids());
            assertWhole(broken.job(), "stream-worker-" + i + WORDS);
            broken.close();
        }
        assertCalledForAgainAtMostOnce("stream-worker-");
    }

    @Test
    void aStreamWhoseWorkerIsKilledBeginsAnewForWhoAgreed() {
        List<StreamedEvents> streams = flowing("stream-again-", "Genapi-Stream-Restart", "reset");

        killTheWorkers();

        for (int i = 0; i < STREAMS; i++) {
            StreamedEvents stream = streams.get(i);
            Eventually.holds("the stream ends", stream::hasEnded);
            assertTrue(stream.isWhole(), stream::toString);
            List<String> ids = stream.ids();
            String first = ids.getFirst().substring(0, 8);
            assertEveryPieceOnce(ids.stream().filter(id -> id.startsWith(first)).toList());
            List<String> again =
                    ids.stream().filter(id -> !id.startsWith(first)).toList();
            assertEveryPieceOnce(again);
            assertEquals(ids.subList(ids.size() - again.size(), ids.size()), again, "the new answer comes last");
            assertTrue(stream.text().endsWith("You said: stream-again-" + i + WORDS), stream::toString);
            assertWhole(stream.job(), "stream-again-" + i + WORDS);
            stream.close();
        }
        assertCalledForAgainAtMostOnce("stream-again-");
    }

    private List<StreamedEvents> flowing(String beginning, String... headers) {
        cluster.simulator().behave("{\"time_per_token\":\"150ms\"}");
        List<StreamedEvents> streams = IntStream.range(0, STREAMS)
                .mapToObj(i -> StreamedEvents.ask(cluster.api(), beginning + i + WORDS, headers))
                .toList();
        Eventually.holds(
                "all streams flow",
                () -> streams.stream().allMatch(stream -> stream.ids().size() > 3));
        return streams;
    }

    /** All of them, so that every stream is hit; another one takes over, from a vendor that is quick now. */
    private void killTheWorkers() {
        cluster.workers().forEach(worker -> worker.process().kill());
        cluster.simulator().behave("{}");
        cluster.startWorker();
    }

    /** The pieces are of one run, from its first on, and without a gap. */
    private static void assertEveryPieceOnce(List<String> ids) {
        String run = ids.getFirst().substring(0, 8);
        assertEquals(
                IntStream.range(0, ids.size()).mapToObj(seq -> run + "-" + seq).toList(), ids, "every piece once");
    }

    /** The job has one end, and who follows it from the beginning gets the same answer. */
    private void assertWhole(String job, String question) {
        Answer end = cluster.ended(job);
        assertEquals("succeeded", end.jobStatus(), end::toString);
        assertEquals("You said: " + question, end.content());
        try (StreamedEvents replay = StreamedEvents.follow(cluster.api(), job)) {
            Eventually.holds("the replay ends", replay::hasEnded);
            assertTrue(replay.isWhole(), replay::toString);
            assertEveryPieceOnce(replay.ids());
            assertEquals("You said: " + question, replay.text());
        }
    }

    private void assertCalledForAgainAtMostOnce(String beginning) {
        long calls = cluster.simulator().callsAbout(beginning).size();
        assertTrue(calls <= 2 * STREAMS, () -> calls + " vendor calls for " + STREAMS + " streams");
    }
}
