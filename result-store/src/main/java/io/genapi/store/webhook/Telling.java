package io.genapi.store.webhook;

import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.WebhookEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far one endpoint has been told of one event.
 *
 * @param attempts made, in all
 * @param before attempts that do not count: those made before it was asked for again, and those for which there was no room
 * @param since when it was to be told, or was asked for again; empty where a former version has kept it
 * @param due when the attempt that is pending or under way is, or was, to be made; of what has ended, the last one
 * @param movedAt when it came into its stage
 * @param reason why it has failed
 * @param log the newest attempts, the oldest first
 */
public record Telling(
        WebhookEvent event,
        EndpointId endpoint,
        Stage stage,
        int attempts,
        int before,
        Optional<Instant> since,
        Instant due,
        Instant movedAt,
        Optional<String> reason,
        List<LoggedAttempt> log) {

    /** An event has been told some dozen times when it is given up. */
    static final int MOST_LOGGED = 20;

    public Telling {
        log = List.copyOf(log);
    }

    /** Where it stands. */
    public enum Stage {
        /** An attempt will be made. */
        PENDING,
        /** An attempt is being made. */
        UNDER_WAY,
        DELIVERED,
        /** No attempt will be made. */
        FAILED;

        public boolean isEnd() {
            return this == DELIVERED || this == FAILED;
        }
    }

    public static Telling of(WebhookEvent event, EndpointId endpoint, Instant now) {
        return new Telling(
                event, endpoint, Stage.PENDING, 0, 0, Optional.of(now), now, now, Optional.empty(), List.of());
    }

    /**
     * The attempt that is to be made, or is being made.
     *
     * @param enabledAt which enabling of the endpoint is known
     */
    public Delivery delivery(Optional<Instant> enabledAt) {
        return new Delivery(event, endpoint, attempts + 1, due, enabledAt);
    }

    /** How far it is with the attempt that is being made. */
    public AttemptPolicy.Round round() {
        return new AttemptPolicy.Round(attempts - before + 1, since.orElse(event.createdAt()));
    }

    public Telling underWay(Instant now) {
        return moved(Stage.UNDER_WAY, due, now, Optional.empty());
    }

    public Telling dueAt(Instant at, Instant now) {
        return moved(Stage.PENDING, at, now, Optional.empty());
    }

    public Telling delivered(Instant now) {
        return moved(Stage.DELIVERED, due, now, Optional.empty());
    }

    public Telling failed(String why, Instant now) {
        return moved(Stage.FAILED, due, now, Optional.of(why));
    }

    private Telling moved(Stage to, Instant at, Instant now, Optional<String> why) {
        return new Telling(event, endpoint, to, attempts, before, since, at, now, why, log);
    }

    /** With one more attempt, that of {@link #delivery}. */
    public Telling attempted(DeliveryAttempt attempt) {
        List<LoggedAttempt> longer = new ArrayList<>(log);
        longer.add(LoggedAttempt.of(attempt));
        return new Telling(
                event,
                endpoint,
                stage,
                attempts + 1,
                AttemptPolicy.counts(attempt) ? before : before + 1,
                since,
                due,
                movedAt,
                reason,
                longer.subList(Math.max(0, longer.size() - MOST_LOGGED), longer.size()));
    }

    /** From the beginning of the schedule. */
    public Telling again(Instant now) {
        return new Telling(
                event, endpoint, Stage.PENDING, attempts, attempts, Optional.of(now), now, now, Optional.empty(), log);
    }
}
