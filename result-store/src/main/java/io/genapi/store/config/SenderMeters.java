package io.genapi.store.config;

import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import io.genapi.store.kafka.WebhookDeliveries;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs attempts; neither shows a receiver's address, whose path and query may be secrets. */
final class SenderMeters implements WebhookDeliveries.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(SenderMeters.class);

    private final MeterRegistry meters;

    SenderMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void attempted(DeliveryAttempt attempt) {
        String outcome = switch (attempt.outcome()) {
            case Answered answered -> answered.status() / 100 + "xx";
            case Unanswered unanswered -> unanswered.code();
            case Withheld _ -> "withheld";
        };
        Timer.builder("genapi.webhook.attempt.duration")
                .description("From sending a webhook to the head of its receiver's answer, or the failure")
                .tag("outcome", outcome)
                .register(meters)
                .record(attempt.latency());
        Duration late = Duration.between(attempt.delivery().dueAt(), attempt.at());
        Timer.builder("genapi.webhook.lateness")
                .description("From the time at which a webhook was due to its sending")
                .register(meters)
                .record(late.isNegative() ? Duration.ZERO : late);
        LOG.atDebug()
                .addKeyValue("tenant", attempt.delivery().event().tenant())
                .addKeyValue("endpoint", attempt.delivery().endpoint())
                .addKeyValue("event", attempt.delivery().event().id())
                .addKeyValue("attempt", attempt.delivery().attempt())
                .addKeyValue("outcome", outcome)
                .addKeyValue("latencyMs", attempt.latency().toMillis())
                .log("A webhook was attempted");
    }
}
