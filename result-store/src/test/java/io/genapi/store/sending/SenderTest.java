package io.genapi.store.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.webhook.KnownEndpoint;
import io.genapi.runtime.webhook.ReceiverPolicy;
import io.genapi.runtime.webhook.ReceiverSettings;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.TraceParent;
import io.genapi.schemas.webhook.WebhookEndpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SenderTest {

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Posted(URI url, Map<String, String> headers, byte[] body) {}

    private final List<Posted> posted = new ArrayList<>();
    private final Map<EndpointId, KnownEndpoint> known = new HashMap<>();
    private final Map<EndpointId, KnownEndpoint> news = new HashMap<>();
    private int caughtUp;
    private final Endpoints endpoints = new Endpoints() {
        @Override
        public Optional<KnownEndpoint> find(TenantId tenant, EndpointId id) {
            return Optional.ofNullable(known.get(id))
                    .filter(found -> found.endpoint().tenant().equals(tenant));
        }

        @Override
        public void catchUp() {
            caughtUp++;
            known.putAll(news);
        }
    };
    private final Sender sender = new Sender(
            endpoints,
            ReceiverPolicy.of(new ReceiverSettings(List.of(), List.of(), false), "127.0.0.1"),
            new MessageWriter((_, _) -> new ResultReading.Gone(), 0),
            (url, headers, body) -> {
                posted.add(new Posted(url, headers, body));
                return new Receivers.Report(new Answered(200, Optional.empty(), "ok"), Duration.ofMillis(5));
            },
            new MessageRoom(0),
            () -> Hooks.NOW,
            new Random(7));

    private WebhookEndpoint endpoint(String url) {
        WebhookEndpoint endpoint = Hooks.endpoint(URI.create(url), Hooks.secret());
        known.put(endpoint.id(), new KnownEndpoint(endpoint, Optional.empty()));
        return endpoint;
    }

    private static Delivery delivery(WebhookEndpoint endpoint) {
        return Hooks.delivery(Hooks.event(EventType.JOB_SUCCEEDED), endpoint);
    }

    @Test
    void sendsWithTheEventsIdAndTellsWhatCameOfIt() throws Exception {
        WebhookEndpoint endpoint = endpoint("https://hooks.example.com/x");
        DeliveryAttempt attempt = sender.attempt(delivery(endpoint));
        assertEquals(
                new DeliveryAttempt(
                        delivery(endpoint),
                        endpoint.enabledAt(),
                        Hooks.NOW,
                        Duration.ofMillis(5),
                        new Answered(200, Optional.empty(), "ok")),
                attempt);
        assertEquals(endpoint.url(), posted.getFirst().url());
        assertEquals(
                delivery(endpoint).event().id().value(),
                posted.getFirst().headers().get("webhook-id"));
    }

    @Test
    void tellsInWhichSpanTheJobEnded() throws Exception {
        WebhookEndpoint endpoint = endpoint("https://hooks.example.com/x");
        TraceParent span = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        sender.attempt(Hooks.delivery(Hooks.event(EventType.JOB_SUCCEEDED).traced(Optional.of(span)), endpoint));
        sender.attempt(delivery(endpoint));
        assertEquals(span.value(), posted.getFirst().headers().get("traceparent"));
        assertFalse(posted.getLast().headers().containsKey("traceparent"));
    }

    private static Delivery delivery(WebhookEndpoint endpoint, Instant seenEnabledAt) {
        Delivery delivery = delivery(endpoint);
        return new Delivery(
                delivery.event(),
                delivery.endpoint(),
                delivery.attempt(),
                delivery.dueAt(),
                Optional.of(seenEnabledAt));
    }

    @Test
    void sendsToWhereTheEndpointIsThoughItHasNotHeardSo() throws Exception {
        WebhookEndpoint former = endpoint("https://hooks.example.com/former");
        WebhookEndpoint moved =
                Hooks.moved(former, URI.create("https://hooks.example.com/moved"), Hooks.NOW.plusSeconds(1));
        news.put(moved.id(), new KnownEndpoint(moved, Optional.empty()));

        assertEquals(
                former.enabledAt(), sender.attempt(delivery(former, Hooks.NOW)).enabledAt());
        assertEquals(0, caughtUp, "nobody knows more");
        Delivery ofMoved = delivery(moved, Hooks.NOW.plusSeconds(1));
        assertEquals(moved.enabledAt(), sender.attempt(ofMoved).enabledAt());
        assertEquals(1, caughtUp);
        // It knows more than whoever put this one on its way.
        assertEquals(
                moved.enabledAt(), sender.attempt(delivery(former, Hooks.NOW)).enabledAt());
        assertEquals(
                List.of(former.url(), moved.url(), moved.url()),
                posted.stream().map(Posted::url).toList());
    }

    @Test
    void sendsToWhoWasRegisteredAMomentAgo() throws Exception {
        WebhookEndpoint endpoint = Hooks.endpoint(URI.create("https://hooks.example.com/x"), Hooks.secret());
        news.put(endpoint.id(), new KnownEndpoint(endpoint, Optional.empty()));
        assertInstanceOf(Answered.class, sender.attempt(delivery(endpoint)).outcome());
    }

    @Test
    void withholdsWhatNobodyWantsAnyMore() throws Exception {
        WebhookEndpoint gone = Hooks.endpoint(URI.create("https://hooks.example.com/x"), Hooks.secret());
        assertEquals(
                new Withheld("the endpoint was deleted"),
                sender.attempt(delivery(gone)).outcome());
        WebhookEndpoint disabled = Hooks.disabled(endpoint("https://hooks.example.com/x"));
        known.put(disabled.id(), new KnownEndpoint(disabled, Optional.empty()));
        assertEquals(
                new Withheld("the endpoint is disabled"),
                sender.attempt(delivery(disabled)).outcome());
        WebhookEndpoint givenUp = endpoint("https://hooks.example.com/x");
        EndpointStanding standing = new EndpointStanding(
                givenUp.id(),
                Hooks.ACME,
                Hooks.NOW,
                Optional.empty(),
                Optional.of(new EndpointStanding.Disabled("answered 410 Gone", Hooks.NOW)));
        known.put(givenUp.id(), new KnownEndpoint(givenUp, Optional.of(standing)));
        assertEquals(
                new Withheld("the endpoint is disabled: answered 410 Gone"),
                sender.attempt(delivery(givenUp)).outcome());
        assertTrue(posted.isEmpty());
    }

    @Test
    void sendsNothingToAnAddressThatIsRefusedByNow() throws Exception {
        Unanswered outcome = assertInstanceOf(
                Unanswered.class,
                sender.attempt(delivery(endpoint("http://127.0.0.1:3000/"))).outcome());
        assertEquals("address_refused", outcome.code());
        assertTrue(outcome.reason().contains("genapi.webhook.allow-http"), outcome.reason());
        assertTrue(posted.isEmpty());
    }

    @Test
    void triesNoMoreAtOnceThanAnEndpointATenantAndAllMay() throws Exception {
        WebhookEndpoint one = endpoint("https://hooks.example.com/x");
        WebhookEndpoint two = endpoint("https://hooks.example.com/y");
        Shares shares = new Shares(1, 2);
        Trials trials = new Trials(sender, shares, 1);
        assertTrue(shares.enter(delivery(one)));
        assertEquals(new Trials.Outcome.Busy(), trials.test(Hooks.ACME, one.id(), EventType.JOB_FAILED));
        assertInstanceOf(Trials.Outcome.Made.class, trials.test(Hooks.ACME, two.id(), EventType.JOB_FAILED));
        assertInstanceOf(Trials.Outcome.Made.class, trials.test(Hooks.ACME, two.id(), EventType.JOB_FAILED));
        shares.leave(delivery(one));
        assertInstanceOf(Trials.Outcome.Made.class, trials.test(Hooks.ACME, one.id(), EventType.JOB_FAILED));
        assertEquals(
                new Trials.Outcome.Busy(),
                new Trials(sender, shares, 0).test(Hooks.ACME, one.id(), EventType.JOB_FAILED));
    }

    @Test
    void triesAnEndpointAsItWasChangedAMomentAgo() throws Exception {
        WebhookEndpoint former = endpoint("https://hooks.example.com/former");
        WebhookEndpoint moved = Hooks.moved(former, URI.create("https://hooks.example.com/moved"), Hooks.NOW);
        news.put(moved.id(), new KnownEndpoint(moved, Optional.empty()));
        assertTrue(sender.test(Hooks.ACME, former.id(), EventType.JOB_FAILED).isPresent());
        assertEquals(moved.url(), posted.getFirst().url());
    }

    @Test
    void triesAnEndpointAlsoWhileItIsDisabled() throws Exception {
        WebhookEndpoint disabled = Hooks.disabled(endpoint("https://hooks.example.com/x"));
        known.put(disabled.id(), new KnownEndpoint(disabled, Optional.empty()));
        DeliveryAttempt first = sender.test(Hooks.ACME, disabled.id(), EventType.BATCH_COMPLETED)
                .orElseThrow();
        DeliveryAttempt second = sender.test(Hooks.ACME, disabled.id(), EventType.BATCH_COMPLETED)
                .orElseThrow();
        assertInstanceOf(Answered.class, first.outcome());
        assertFalse(
                first.delivery().event().id().equals(second.delivery().event().id()));
        assertEquals(
                "batch_00000000000000000000000000", first.delivery().event().subject());
        assertEquals(Optional.empty(), sender.test(new TenantId("other"), disabled.id(), EventType.BATCH_COMPLETED));
    }
}
