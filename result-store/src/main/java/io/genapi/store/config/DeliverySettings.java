package io.genapi.store.config;

import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.store.webhook.AttemptPolicy;
import io.genapi.store.webhook.DeliverySchedule;
import io.genapi.store.webhook.EndpointLimits;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When webhooks are delivered: {@code genapi.store.webhook.*}.
 *
 * @param schedule the gaps between the attempts of a delivery that fails; the last one is repeated
 * @param giveUpAfter no attempt is planned later than that after the first one
 * @param jitter by which share of it a gap may be shorter or longer, 0 to below 1
 * @param firstWindow deliveries under way at once for an endpoint of which nothing is known
 * @param maxWindow to which successes let that grow
 * @param shortestRest of an endpoint that answers 429, 502 or 504, or not in time; each further time doubles it
 * @param longestRest up to this
 * @param maxPerSecond deliveries that are begun for one endpoint; 0 for no limit
 * @param disableAfter an endpoint that has only failed for so long is told nothing any more
 * @param maxPending deliveries that wait for one endpoint; what comes on top has failed, and can be asked for again
 * @param logRetention how long what was delivered or given up is shown, and can be asked for again; as long as Kafka keeps
 *     what may tell of it once more, at least
 * @param commitInterval how long a delivery that is due waits for the transaction that it is written in
 */
@ConfigurationProperties("genapi.store.webhook")
public record DeliverySettings(
        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h"})
        List<Duration> schedule,

        @DefaultValue("72h") Duration giveUpAfter,
        @DefaultValue("0.2") double jitter,
        @DefaultValue("4") int firstWindow,
        @DefaultValue("32") int maxWindow,
        @DefaultValue("1s") Duration shortestRest,
        @DefaultValue("1m") Duration longestRest,
        @DefaultValue("0") double maxPerSecond,
        @DefaultValue("5d") Duration disableAfter,
        @DefaultValue("1000000") int maxPending,
        @DefaultValue("7d") Duration logRetention,
        @DefaultValue("100ms") Duration commitInterval) {

    private static final int LARGEST_WINDOW = 1_000;

    /** So many that counting them at the start takes seconds. */
    private static final int MOST_PENDING = 10_000_000;

    /** A transaction that is not ended in time is ended by Kafka, and all of it is done again. */
    private static final Duration LONGEST_COMMIT_INTERVAL = StreamsProperties.TRANSACTION_TIMEOUT.dividedBy(3);

    public DeliverySettings {
        schedule = List.copyOf(schedule);
        if (schedule.isEmpty() || schedule.stream().anyMatch(gap -> !gap.isPositive())) {
            throw wrong("schedule", schedule, "one or more positive durations such as 5s,5m,30m");
        }
        if (giveUpAfter.isNegative()) {
            throw wrong("give-up-after", giveUpAfter, "a duration such as 72h, or to 0s for a single attempt");
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw wrong("jitter", jitter, "a number from 0 to below 1, such as 0.2");
        }
        if (firstWindow < 1 || firstWindow > LARGEST_WINDOW) {
            throw wrong("first-window", firstWindow, "a number from 1 to " + LARGEST_WINDOW);
        }
        if (maxWindow < firstWindow || maxWindow > LARGEST_WINDOW) {
            throw wrong(
                    "max-window",
                    maxWindow,
                    "a number from genapi.store.webhook.first-window, which is %d, to %d"
                            .formatted(firstWindow, LARGEST_WINDOW));
        }
        positive("shortest-rest", shortestRest);
        if (longestRest.compareTo(shortestRest) < 0) {
            throw wrong(
                    "longest-rest",
                    longestRest,
                    "at least genapi.store.webhook.shortest-rest, which is " + shortestRest);
        }
        if (!(maxPerSecond >= 0 && maxPerSecond <= 1e6)) {
            throw wrong("max-per-second", maxPerSecond, "a number such as 20, or to 0 for no limit");
        }
        positive("disable-after", disableAfter);
        positive("log-retention", logRetention);
        if (maxPending < maxWindow || maxPending > MOST_PENDING) {
            throw wrong(
                    "max-pending",
                    maxPending,
                    "a number from genapi.store.webhook.max-window, which is %d, to %d"
                            .formatted(maxWindow, MOST_PENDING));
        }
        if (commitInterval.toMillis() < 1 || commitInterval.compareTo(LONGEST_COMMIT_INTERVAL) > 0) {
            throw wrong(
                    "commit-interval",
                    commitInterval,
                    "a duration from 1ms to %ds, such as 100ms".formatted(LONGEST_COMMIT_INTERVAL.toSeconds()));
        }
    }

    AttemptPolicy policy() {
        return new AttemptPolicy(
                new DeliverySchedule(schedule, giveUpAfter, jitter),
                new EndpointLimits(firstWindow, maxWindow, shortestRest, longestRest, maxPerSecond),
                disableAfter);
    }

    /**
     * How long it is remembered what an endpoint was told. To forget it sooner than Kafka forgets what has happened would be to
     * tell it twice, or to take what nobody was told of yet for old.
     */
    Duration memory(KafkaSettings kafka) {
        return logRetention.compareTo(kafka.webhookRetention()) > 0 ? logRetention : kafka.webhookRetention();
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw wrong(name, value, "a positive duration such as 5s");
        }
    }

    private static IllegalArgumentException wrong(String name, Object value, String remedy) {
        return new IllegalArgumentException(
                "genapi.store.webhook.%s is %s; set it to %s".formatted(name, value, remedy));
    }
}
