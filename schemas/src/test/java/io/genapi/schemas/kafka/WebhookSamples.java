package io.genapi.schemas.kafka;

import io.genapi.schemas.job.RecordPlace;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.schemas.webhook.Redelivery.Scope;
import io.genapi.schemas.webhook.TraceParent;
import io.genapi.schemas.webhook.WebhookEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Of each thing that webhooks are made of, full and bare. */
final class WebhookSamples {

    static final TenantId TENANT = new TenantId("ümläut & co");
    static final EndpointId ENDPOINT = EndpointId.mint(new Random(1));
    static final EventId EVENT = EventId.ofEnd(Samples.ID.value());

    private WebhookSamples() {}

    static Stream<WebhookEvent> events() {
        return Stream.concat(
                Arrays.stream(EventType.values())
                        .map(type -> new WebhookEvent(
                                EVENT,
                                TENANT,
                                type,
                                Samples.NOW,
                                Samples.ID.value(),
                                Optional.of(ENDPOINT),
                                Optional.of(new RecordPlace("genapi.results", 7, 42)),
                                Optional.of(
                                        new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")))),
                Stream.of(new WebhookEvent(
                        EventId.mint(new Random(2)),
                        TENANT,
                        EventType.BATCH_FAILED,
                        Samples.NOW,
                        "batch_1",
                        Optional.empty(),
                        Optional.empty())));
    }

    static Stream<Redelivery> wishes() {
        return Stream.of(new Scope.One(EVENT), new Scope.AllFailed(Samples.NOW.minusSeconds(60)))
                .map(scope -> new Redelivery(ENDPOINT, TENANT, Samples.NOW, scope));
    }

    static Delivery delivery() {
        return new Delivery(
                events().toList().getFirst(), ENDPOINT, 3, Samples.NOW, Optional.of(Samples.NOW.minusSeconds(60)));
    }

    static Stream<DeliveryAttempt> attempts() {
        List<Outcome> outcomes = List.of(
                new Outcome.Answered(200, Optional.empty(), ""),
                new Outcome.Answered(429, Optional.of(Duration.ofSeconds(30)), "nicht so schnell, bitte: ü"),
                new Outcome.Unanswered("timeout", "no answer within 15 s"),
                new Outcome.Withheld("the endpoint is gone"));
        return outcomes.stream()
                .map(outcome -> new DeliveryAttempt(
                        delivery(),
                        Optional.of(Samples.NOW.minusSeconds(60)),
                        Samples.NOW.plusNanos(1),
                        Duration.ofMillis(38),
                        outcome));
    }
}
