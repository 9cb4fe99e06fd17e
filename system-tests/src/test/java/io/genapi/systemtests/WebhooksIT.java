package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import io.genapi.benchmarks.webhooks.WebhookFlood;
import io.genapi.chaos.patience.Eventually;
import io.genapi.schemas.webhook.WebhookEndpoint;
import io.genapi.simulator.receiver.Reaction;
import io.genapi.simulator.receiver.ReceivedWebhook;
import io.genapi.simulator.receiver.WebhookReceiver;
import io.genapi.systemtests.harness.Cluster;
import io.genapi.systemtests.harness.SystemTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two stores that send webhooks, and receivers that are well, hang or fail; and what dies meanwhile. More with
 * {@code -Dgenapi.webhooks.events=10000 -Dgenapi.webhooks.endpoints=100}.
 */
@SystemTest
final class WebhooksIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int EVENTS = Integer.getInteger("genapi.webhooks.events", 1_000);
    private static final int ENDPOINTS = Integer.getInteger("genapi.webhooks.endpoints", 20);

    private final Cluster cluster;
    private final WebhookReceiver receiver;

    WebhooksIT(Cluster cluster) throws Exception {
        this.cluster = cluster;
        this.receiver = WebhookReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private WebhookFlood flood(String name) {
        return new WebhookFlood(cluster.kafka().bootstrapServers(), cluster.partitions(), receiver, name);
    }

    private List<ReceivedWebhook> received(WebhookEndpoint endpoint) {
        return receiver.received(WebhookFlood.path(endpoint));
    }

    private static Set<String> ids(List<ReceivedWebhook> webhooks) {
        return webhooks.stream().map(ReceivedWebhook::id).collect(Collectors.toSet());
    }

    private static void assertSigned(WebhookEndpoint endpoint, ReceivedWebhook webhook) throws Exception {
        Map<String, List<String>> headers = webhook.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        Webhook official =
                new Webhook(endpoint.secrets(Instant.now()).getFirst().value());
        assertDoesNotThrow(() -> official.verify(webhook.text(), headers));
    }

    @Test
    void tellsWhoIsWellWhileOthersAreNotAndThoseWhenTheyRecover() throws Exception {
        try (WebhookFlood flood = flood("many")) {
            List<WebhookEndpoint> all = flood.register(ENDPOINTS);
            List<WebhookEndpoint> hanging = all.subList(0, ENDPOINTS / 5);
            List<WebhookEndpoint> failing = all.subList(ENDPOINTS / 5, 2 * ENDPOINTS / 5);
            List<WebhookEndpoint> sick = all.subList(0, 2 * ENDPOINTS / 5);
            List<WebhookEndpoint> well = all.subList(2 * ENDPOINTS / 5, ENDPOINTS);
            hanging.forEach(endpoint -> receiver.behave(WebhookFlood.path(endpoint), new Reaction.Hang()));
            failing.forEach(endpoint -> receiver.behave(WebhookFlood.path(endpoint), Reaction.status(500)));
            for (int number = 0; number < EVENTS; number++) {
                flood.tell(all.get(number % all.size()));
            }
            flood.flush();

            Eventually.holds(
                    "all who are well are told while others are not", PATIENCE, () -> flood.missing(well) == 0);
            Eventually.holds(
                    "all who are not were tried",
                    PATIENCE,
                    () -> sick.stream().noneMatch(endpoint -> received(endpoint).isEmpty()));
            for (ReceivedWebhook webhook : received(well.getFirst())) {
                assertSigned(well.getFirst(), webhook);
            }

            Instant recovered = Instant.now();
            sick.forEach(endpoint -> receiver.behave(WebhookFlood.path(endpoint), Reaction.ACCEPT));
            Eventually.holds(
                    "those who have recovered are told of everything",
                    PATIENCE,
                    () -> flood.missingSince(recovered, sick) == 0);
            assertEquals(EVENTS, ids(receiver.received()).size());
            System.out.printf(
                    "WebhooksIT: the sick were told of everything %d s after they had recovered%n",
                    Duration.between(recovered, Instant.now()).toSeconds());
        }
    }

    @Test
    void repeatsWhatAKilledStoreWasSendingUnderTheSameId() throws Exception {
        try (WebhookFlood flood = flood("killed")) {
            List<WebhookEndpoint> all = flood.register(20);
            all.forEach(endpoint -> receiver.behave(WebhookFlood.path(endpoint), new Reaction.Hang()));
            all.forEach(flood::tell);
            flood.flush();
            Eventually.holds("all attempts have begun", PATIENCE, () -> flood.missing(all) == 0);

            cluster.stores().forEach(store -> store.process().kill());
            Instant killed = Instant.now();
            // Nobody has answered yet, and who has died has written nothing of it.
            long underWay = receiver.received().stream()
                    .filter(webhook -> webhook.at().isAfter(killed.minus(Cluster.WEBHOOK_TIMEOUT)))
                    .count();
            assertTrue(underWay > 0, "an attempt was under way when the stores were killed");
            all.forEach(endpoint -> receiver.behave(WebhookFlood.path(endpoint), Reaction.ACCEPT));
            cluster.complete();

            Eventually.holds("all are told again", PATIENCE, () -> flood.missingSince(killed, all) == 0);
            for (WebhookEndpoint endpoint : all) {
                List<ReceivedWebhook> received = received(endpoint);
                assertTrue(received.size() >= 2, received::toString);
                assertEquals(1, ids(received).size(), received::toString);
            }
            System.out.printf(
                    "WebhooksIT: %d of %d attempts were under way when their stores were killed, and were repeated %d s"
                            + " later%n",
                    underWay,
                    all.size(),
                    Duration.between(killed, Instant.now()).toSeconds());
        }
    }

    @Test
    void losesNothingWhenAStoreAndAKafkaBrokerDie() throws Exception {
        try (WebhookFlood flood = flood("chaos")) {
            List<WebhookEndpoint> all = flood.register(50);
            for (int number = 0; number < 1_000; number++) {
                flood.tell(all.get(number % all.size()));
                if (number == 300) {
                    flood.flush();
                    Eventually.holds(
                            "some are sent", PATIENCE, () -> receiver.received().size() > 100);
                    cluster.stores().getFirst().process().kill();
                }
                if (number == 600) {
                    flood.flush();
                    Eventually.holds(
                            "more are sent", PATIENCE, () -> receiver.received().size() > 400);
                    cluster.kafka().nodes().getFirst().kill();
                }
            }
            flood.flush();
            cluster.kafka().restart(0);
            cluster.complete();

            Eventually.holds("everybody is told of everything", PATIENCE, () -> flood.missing(all) == 0);
            assertEquals(1_000, ids(receiver.received()).size());
            System.out.printf(
                    "WebhooksIT: %d webhooks for 1000 events, with a store and a broker killed%n",
                    receiver.received().size());
        }
    }
}
