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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Responses that one gateway began and another one goes on with. */
@SystemTest
final class ResponsesFailoverIT {

    private static final int STREAMS = 8;
    private static final String WORDS = " and on".repeat(60);

    private final Cluster cluster;

    ResponsesFailoverIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void reset() {
        cluster.simulator().reset();
    }

    @Test
    void whatRunsInTheBackgroundIsPolledStreamedAndCancelledAtAnyGateway() {
        Api first = cluster.gateways().getFirst().api();
        Api other = cluster.gateways().getLast().api();
        cluster.simulator().behave("{\"time_per_token\":\"150ms\"}");
        StreamedEvents begun = flowing(first, "responses-background" + WORDS, ",\"background\":true");
        String id = id(begun);
        List<JsonNode> seen = begun.chunks();
        begun.close();

        Answer polled = other.get("/v1/responses/" + id);
        assertEquals("in_progress", polled.json().path("status").asString(), polled::toString);
        try (StreamedEvents rest = follow(other, id, seen)) {
            Eventually.holds("the rest flows", () -> rest.chunks().size() > 3);
            Answer cancelled = other.post("/v1/responses/" + id + "/cancel", "");
            assertEquals("cancelled", cancelled.json().path("status").asString(), cancelled::toString);
            Eventually.holds("the rest ends", rest::hasEnded);
            assertNoneIsMissingOrTwice(seen, rest.chunks());
        }
        Eventually.holds(
                "the vendor's connection is closed", () -> cluster.simulator().inFlight() == 0);
        Answer end = first.get("/v1/responses/" + id);
        assertEquals("cancelled", end.json().path("status").asString(), end::toString);
        assertEquals(1, cluster.simulator().callsAbout("responses-background").size(), "vendor calls");
    }

    @Test
    void goesOnAtAnotherGatewayBehindItsLastEventWhenItsOwnIsKilled() {
        ServiceProcess victim = cluster.gateways().getFirst();
        Api survivor = cluster.gateways().getLast().api();
        cluster.simulator().behave("{\"time_per_token\":\"150ms\"}");
        List<StreamedEvents> streams = IntStream.range(0, STREAMS)
                .mapToObj(i -> flowing(victim.api(), "responses-crash-" + i + WORDS, ""))
                .toList();

        victim.process().kill();

        for (int i = 0; i < STREAMS; i++) {
            StreamedEvents broken = streams.get(i);
            Eventually.holds("the stream breaks", broken::hasEnded);
            List<JsonNode> seen = broken.chunks();
            assertFalse(isEnd(seen.getLast()), broken::toString);
            try (StreamedEvents rest = follow(survivor, id(broken), seen)) {
                Eventually.holds("the rest ends", rest::hasEnded);
                assertNoneIsMissingOrTwice(seen, rest.chunks());
                JsonNode last = rest.chunks().getLast();
                assertEquals("response.completed", last.path("type").asString(), rest::toString);
                String answer = "You said: responses-crash-" + i + WORDS;
                assertEquals(
                        answer, last.at("/response/output/0/content/0/text").asString());
                assertEquals(answer, deltas(seen) + deltas(rest.chunks()));
            }
            broken.close();
        }
        assertEquals(STREAMS, cluster.simulator().callsAbout("responses-crash-").size(), "vendor calls");
    }

    /** Returns when some of its answer has come. */
    private static StreamedEvents flowing(Api api, String question, String members) {
        StreamedEvents events = StreamedEvents.send(
                api,
                "/v1/responses",
                "{\"model\":\"%s\",\"input\":\"%s\",\"stream\":true%s}".formatted(Api.MODEL, question, members));
        Eventually.holds("the response flows", () -> !deltas(events.chunks()).isEmpty());
        return events;
    }

    private static String id(StreamedEvents events) {
        return events.chunks().getFirst().at("/response/id").asString();
    }

    private static StreamedEvents follow(Api api, String id, List<JsonNode> seen) {
        return StreamedEvents.get(api, "/v1/responses/" + id + "?stream=true&starting_after=" + number(seen.getLast()));
    }

    private static int number(JsonNode event) {
        return event.path("sequence_number").asInt(-1);
    }

    private static boolean isEnd(JsonNode event) {
        return List.of("response.completed", "response.failed", "response.incomplete", "error")
                .contains(event.path("type").asString());
    }

    private static String deltas(List<JsonNode> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.path("type").asString().equals("response.output_text.delta"))
                .forEach(event -> text.append(event.path("delta").asString()));
        return text.toString();
    }

    private static void assertNoneIsMissingOrTwice(List<JsonNode> seen, List<JsonNode> rest) {
        List<Integer> numbers = Stream.concat(seen.stream(), rest.stream())
                .map(ResponsesFailoverIT::number)
                .toList();
        assertEquals(IntStream.range(0, numbers.size()).boxed().toList(), numbers, "every event once");
        assertTrue(rest.size() > 1, "there was a rest");
    }
}
