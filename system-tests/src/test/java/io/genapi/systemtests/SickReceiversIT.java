package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.benchmarks.webhooks.WebhookFlood;
import io.genapi.chaos.patience.Eventually;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.simulator.receiver.Reaction;
import io.genapi.simulator.receiver.WebhookReceiver;
import io.genapi.systemtests.SickReceiver.Sickness;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Receivers of one tenant, of which some do all that a receiver can do wrong. */
@SystemTest
final class SickReceiversIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EVENTS_OF_WELL = 50;
    private static final int EVENTS_OF_SICK = 3;
    private static final Set<String> TRIED_AGAIN = Set.of("pending", "under_way");

    private final Cluster cluster;
    private final WebhookReceiver receiver;
    private final WebhookFlood flood;
    private final List<SickReceiver> sick = new ArrayList<>();

    SickReceiversIT(Cluster cluster) throws Exception {
        this.cluster = cluster;
        this.receiver = WebhookReceiver.start();
        this.flood = new WebhookFlood(cluster.kafka().bootstrapServers(), cluster.partitions(), receiver, "sick");
    }

    @AfterEach
    void stop() throws Exception {
        flood.close();
        for (SickReceiver one : sick) {
            one.close();
        }
        receiver.close();
    }

    private WebhookEndpoint at(URI url) {
        return flood.register(TenantId.DEFAULT, url);
    }

    private WebhookEndpoint reacting(String path, Reaction reaction) {
        receiver.behave(path, reaction);
        return at(receiver.url(path));
    }

    private WebhookEndpoint sick(Sickness sickness, String scheme, String path) throws Exception {
        SickReceiver one = new SickReceiver(sickness, receiver.url("/"));
        sick.add(one);
        return at(one.url(scheme, path));
    }

    /** What the attempts to tell an endpoint came to, of one event each. */
    private List<JsonNode> deliveries(WebhookEndpoint endpoint) {
        String path = "/v1/webhook_endpoints/%s/deliveries".formatted(endpoint.id());
        List<JsonNode> found = new ArrayList<>();
        Eventually.holds("the deliveries are told", () -> {
            cluster.gateways().getFirst().api().get(path).json().path("data").forEach(found::add);
            return !found.isEmpty();
        });
        return found;
    }

    /** The status of the answer to an attempt, or why there was none. */
    private static String outcome(JsonNode attempt) {
        return attempt.path("status").isNumber()
                ? attempt.path("status").asString()
                : attempt.path("code").asString();
    }

    private boolean wereTried(WebhookEndpoint endpoint) {
        List<JsonNode> events = deliveries(endpoint);
        return events.size() == EVENTS_OF_SICK
                && events.stream().noneMatch(event -> event.path("attempts").isEmpty());
    }

    private void assertAllCameTo(String outcome, Set<String> statuses, WebhookEndpoint endpoint) {
        List<JsonNode> events = deliveries(endpoint);
        assertEquals(EVENTS_OF_SICK, events.size(), events::toString);
        for (JsonNode event : events) {
            assertTrue(statuses.contains(event.path("status").asString()), event::toString);
            event.path("attempts")
                    .forEach(attempt -> assertEquals(outcome, outcome(attempt), () -> endpoint.url() + " " + attempt));
        }
    }

    @Test
    void whoIsWellIsToldOfEverythingWhateverTheOthersDo() throws Exception {
        Reaction elsewhere = new Reaction.Answer(
                302, Map.of("Location", receiver.url("/sick/elsewhere").toString()), "");
        WebhookEndpoint redirecting = reacting("/sick/redirecting", elsewhere);
        Map<WebhookEndpoint, String> failing = Map.of(
                sick(Sickness.TAKES_NO_CONNECTION, "http", "/sick/closed"),
                "timeout",
                sick(Sickness.SAYS_NOTHING, "http", "/sick/silent"),
                "timeout",
                sick(Sickness.ENDLESS_HEADERS, "http", "/sick/headers"),
                "broken_answer",
                redirecting,
                "302");
        WebhookEndpoint withoutTls = sick(Sickness.SAYS_NOTHING, "https", "/sick/tls");
        // Their status says that they have the event, and how long they go on is no matter then.
        List<WebhookEndpoint> talkative = List.of(
                reacting("/sick/dripping", new Reaction.Drip(200)),
                sick(Sickness.ENDLESS_ANSWER, "http", "/sick/endless"));
        List<WebhookEndpoint> well = IntStream.range(0, 4)
                .mapToObj(number -> at(receiver.url("/sick/well/" + number)))
                .toList();
        flood.flush();

        for (int number = 0; number < EVENTS_OF_SICK; number++) {
            failing.keySet().forEach(flood::tell);
            talkative.forEach(flood::tell);
            flood.tell(withoutTls);
        }
        for (int number = 0; number < EVENTS_OF_WELL; number++) {
            well.forEach(flood::tell);
        }
        flood.flush();

        Eventually.holds("all who are well are told", PATIENCE, () -> flood.missing(well) == 0);
        Eventually.holds(
                "all others were tried",
                PATIENCE,
                () -> wereTried(withoutTls)
                        && failing.keySet().stream().allMatch(this::wereTried)
                        && talkative.stream().allMatch(this::wereTried));
        failing.forEach((endpoint, outcome) -> assertAllCameTo(outcome, TRIED_AGAIN, endpoint));
        assertAllCameTo("timeout", TRIED_AGAIN, withoutTls);
        talkative.forEach(endpoint -> assertAllCameTo("200", Set.of("delivered"), endpoint));
        assertEquals(List.of(), receiver.received("/sick/elsewhere"), "nobody is followed");

        Instant recovered = Instant.now();
        sick.forEach(SickReceiver::recover);
        receiver.behave("/sick/redirecting", Reaction.ACCEPT);
        Eventually.holds(
                "those who have recovered are told of everything",
                PATIENCE,
                () -> flood.missingSince(recovered, failing.keySet()) == 0);
        Eventually.holds(
                "and that is known of them",
                PATIENCE,
                () -> failing.keySet().stream()
                        .flatMap(endpoint -> deliveries(endpoint).stream())
                        .allMatch(event -> event.path("status").asString().equals("delivered")));
    }
}
