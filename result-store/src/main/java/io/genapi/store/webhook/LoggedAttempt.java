package io.genapi.store.webhook;

import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Answered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Unanswered;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome.Withheld;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is shown of an attempt.
 *
 * @param status the answer's, where there was one
 * @param code why there was none
 * @param text the first bytes of the answer, or the reason
 */
public record LoggedAttempt(
        int number, Instant at, Duration latency, Optional<Integer> status, Optional<String> code, String text) {

    static LoggedAttempt of(DeliveryAttempt attempt) {
        int number = attempt.delivery().attempt();
        return switch (attempt.outcome()) {
            case Answered(int status, Optional<Duration> _, String head) ->
                new LoggedAttempt(number, attempt.at(), attempt.latency(), Optional.of(status), Optional.empty(), head);
            case Unanswered(String code, String reason) ->
                new LoggedAttempt(number, attempt.at(), attempt.latency(), Optional.empty(), Optional.of(code), reason);
            case Withheld(String reason) ->
                new LoggedAttempt(
                        number, attempt.at(), attempt.latency(), Optional.empty(), Optional.of("withheld"), reason);
        };
    }
}
