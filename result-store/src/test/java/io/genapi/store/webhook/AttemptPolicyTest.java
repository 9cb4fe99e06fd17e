package io.genapi.store.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.webhook.AttemptDecision.Delivered;
import io.genapi.store.webhook.AttemptDecision.Disable;
import io.genapi.store.webhook.AttemptDecision.GiveUp;
import io.genapi.store.webhook.AttemptDecision.RetryAt;
import io.genapi.store.webhook.AttemptPolicy.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptPolicyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TenantId TENANT = new TenantId("acme");
    private static final EndpointId ENDPOINT = EndpointId.mint(new Random(1));
    private static final WebhookEvent EVENT = new WebhookEvent(
            EventId.ofEnd("job_1"), TENANT, EventType.JOB_FAILED, NOW, "job_1", Optional.empty(), Optional.empty());
    private static final EndpointLimits LIMITS =
            new EndpointLimits(4, 8, Duration.ofSeconds(1), Duration.ofSeconds(10), 0);
    private static final AttemptPolicy POLICY = new AttemptPolicy(
            new DeliverySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), Duration.ofMinutes(11), 0),
            LIMITS,
            Duration.ofDays(5));

    private final EndpointHealth fresh = EndpointHealth.fresh(ENDPOINT, TENANT, NOW, LIMITS);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyAnswerOfTwoHundredsIsADelivery(int status) {
        assertEquals(new Delivered(), decide(answered(status), 1, fresh));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 308, 400, 401, 404, 408, 429, 500, 502, 503, 504})
    void anyOtherIsTriedAgain(int status) {
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decide(answered(status), 1, fresh));
        assertEquals(new RetryAt(NOW.plusSeconds(300)), decide(answered(status), 2, fresh));
        assertEquals(new GiveUp("attempts_exhausted"), decide(answered(status), 4, fresh));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "connect_failed", "tls_failed", "address_refused", "broken_answer"})
    void soIsWhatWasNotAnswered(String code) {
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decide(new Outcome.Unanswered(code, "it was not"), 1, fresh));
    }

    @Test
    void whoIsGoneIsToldNothingAnyMore() {
        assertEquals(new Disable("answered 410 Gone"), decide(answered(410), 1, fresh));
    }

    @Test
    void whatWasWithheldIsTriedAgainAndSaysNothingOfTheEndpoint() {
        Outcome withheld = new Outcome.Withheld("the endpoint is gone");
        EndpointHealth hopeless = fresh.failed(NOW.minus(Duration.ofDays(6)));
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decide(withheld, 1, hopeless));
        assertEquals(fresh, POLICY.after(attempt(withheld, NOW), fresh.began(NOW, LIMITS), NOW));
    }

    @Test
    void aReceiverMayAskForMoreTimeButNotForMoreThanTheLongestGap() {
        assertEquals(new RetryAt(NOW.plusSeconds(60)), decide(answered(503, Duration.ofSeconds(60)), 1, fresh));
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decide(answered(503, Duration.ofSeconds(1)), 1, fresh));
        assertEquals(new RetryAt(NOW.plusSeconds(300)), decide(answered(503, Duration.ofDays(9)), 1, fresh));
    }

    @Test
    void anEndpointThatHasOnlyFailedForFiveDaysIsDisabled() {
        EndpointHealth failing = fresh.failed(NOW.minus(Duration.ofDays(5)).plusMillis(1));
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decide(answered(500), 1, failing));
        EndpointHealth hopeless = fresh.failed(NOW.minus(Duration.ofDays(5)));
        assertEquals(
                new Disable("every attempt since 2026-02-24T12:00:00Z has failed"), decide(answered(500), 1, hopeless));
        assertEquals(new Delivered(), decide(answered(200), 1, hopeless));
        assertEquals(
                Optional.empty(), after(answered(200), hopeless).failingSince(), "one success is enough to begin anew");
    }

    @Test
    void successesOpenTheWindowUpToItsLargest() {
        EndpointHealth health = fresh;
        for (int expected : new int[] {5, 6, 7, 8, 8}) {
            health = after(answered(200), health);
            assertEquals(expected, health.window());
        }
    }

    @Test
    void signsOfTooMuchHalveTheWindowAndHaveTheEndpointRest() {
        EndpointHealth health = fresh;
        Instant at = NOW;
        int[] windows = {2, 1, 1, 1, 1, 1};
        int[] rests = {1, 2, 4, 8, 10, 10};
        List<Outcome> signs = List.of(
                answered(429),
                answered(502),
                answered(504),
                new Outcome.Unanswered("timeout", "no answer"),
                answered(429),
                answered(429));
        for (int sign = 0; sign < windows.length; sign++) {
            health = POLICY.after(attempt(signs.get(sign), at), health, at);
            assertEquals(windows[sign], health.window());
            assertEquals(Optional.of(at.plusSeconds(rests[sign])), health.restUntil());
            assertFalse(health.hasRoom(at, LIMITS));
            at = health.restUntil().orElseThrow();
            assertTrue(health.hasRoom(at, LIMITS));
        }
        assertEquals(
                Optional.of(at.plusSeconds(1)),
                POLICY.after(attempt(answered(429), at), after(answered(200), health), at)
                        .restUntil());
    }

    @Test
    void deliveriesThatWereUnderWayTogetherAreOneSign() {
        EndpointHealth health = POLICY.after(attempt(answered(504), NOW), fresh, NOW.plusSeconds(15));
        health = POLICY.after(attempt(answered(504), NOW.plusSeconds(1)), health, NOW.plusSeconds(16));
        assertEquals(2, health.window());
        assertEquals(Optional.of(NOW.plusSeconds(16)), health.restUntil());
    }

    @Test
    void otherFailuresChangeNoWindow() {
        EndpointHealth health = after(answered(500), fresh);
        assertEquals(4, health.window());
        assertEquals(Optional.empty(), health.restUntil());
        assertEquals(Optional.of(NOW), health.failingSince());
    }

    @ParameterizedTest
    @CsvSource({"200, 2000, 5", "200, 2001, 2", "200, 14000, 2", "500, 2000, 4", "500, 14000, 2", "404, 14000, 2"})
    void slowAnswersHalveTheWindowWithoutARest(int status, int millis, int window) {
        Instant now = NOW.plusMillis(millis);
        EndpointHealth health = POLICY.after(attempt(answered(status), NOW, millis), fresh, now);
        assertEquals(window, health.window());
        assertEquals(Optional.empty(), health.restUntil());
        assertEquals(status == 200 ? Optional.empty() : Optional.of(NOW), health.failingSince());
        assertEquals(
                window == 2 ? 2 : health.window() + (status == 200 ? 1 : 0),
                POLICY.after(attempt(answered(status), NOW, millis), health, now)
                        .window(),
                "what was under way together is one sign");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_sent", "secret_unreadable", "no_connection"})
    void whatIsTheBrokersOwnFaultIsTriedAgainAndSaysNothingOfTheEndpoint(String code) {
        Outcome fault = new Outcome.Unanswered(code, "it was not");
        EndpointHealth hopeless = fresh.failed(NOW.minus(Duration.ofDays(6)));
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decide(fault, 1, hopeless));
        assertEquals(fresh, POLICY.after(attempt(fault, NOW), fresh.began(NOW, LIMITS), NOW));
    }

    @Test
    void whatThereIsNoRoomForIsTriedAgainSoonUntilItsTimeIsOver() {
        Outcome noRoom = new Outcome.Unanswered("no_connection", "no room");
        for (int made : new int[] {1, 3, 100}) {
            assertEquals(new RetryAt(NOW.plusSeconds(5)), decide(noRoom, made, fresh));
            assertEquals(
                    new RetryAt(NOW.plusSeconds(5)),
                    POLICY.decideOfFormer(attempt(noRoom, NOW), new Round(made, NOW), NOW, new Random(1)));
        }
        Instant last = NOW.minus(Duration.ofMinutes(11)).plusSeconds(5);
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decideSince(last, noRoom));
        assertEquals(new GiveUp("attempts_exhausted"), decideSince(last.minusMillis(1), noRoom));
    }

    private AttemptDecision decideSince(Instant since, Outcome outcome) {
        return POLICY.decide(attempt(outcome, NOW), new Round(1, since), fresh, NOW, new Random(1));
    }

    @Test
    void aSuccessOfAFormerAddressIsSentAgainSoonAndOnlySoOften() {
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decideOfFormer(200, 1));
        assertEquals(new RetryAt(NOW.plusSeconds(5)), decideOfFormer(200, 3));
        assertEquals(new GiveUp("attempts_exhausted"), decideOfFormer(200, 4));
        assertEquals(new RetryAt(NOW.plusSeconds(300)), decideOfFormer(410, 3));
    }

    private static AttemptDecision decideOfFormer(int status, int made) {
        return POLICY.decideOfFormer(attempt(answered(status), NOW), new Round(made, NOW), NOW, new Random(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 429, 500})
    void anAddressThatIsNotKnownYetMayHaveTheEventAndIsNotBlamed(int status) {
        assertEquals(
                new Delivered(),
                POLICY.decideOfLater(attempt(answered(200), NOW), new Round(1, NOW), NOW, new Random(1)));
        assertEquals(
                new RetryAt(NOW.plusSeconds(5)),
                POLICY.decideOfLater(attempt(answered(status), NOW), new Round(1, NOW), NOW, new Random(1)));
    }

    @Test
    void aRateLetsNoMoreBeginThanItSays() {
        EndpointLimits twice = new EndpointLimits(1_000, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
        EndpointHealth health = EndpointHealth.fresh(ENDPOINT, TENANT, NOW, twice);
        int begun = 0;
        for (int millis = 0; millis < 10_000; millis += 10) {
            Instant at = NOW.plusMillis(millis);
            for (; health.hasRoom(at, twice); begun++) {
                health = health.began(at, twice);
            }
            assertTrue(begun <= 2 + millis / 500, begun + " after " + millis);
        }
        assertEquals(21, begun);
        assertEquals(Optional.of(NOW.plusSeconds(10)), health.roomAt(NOW.plusMillis(9_990), twice));
    }

    @Test
    void whoIsEnabledAnewBeginsAnewButForWhatIsUnderWay() {
        EndpointHealth disabled = after(answered(429), fresh.began(NOW, LIMITS).began(NOW, LIMITS))
                .disabled("answered 410 Gone", NOW);
        assertEquals(disabled, disabled.enabled(NOW, LIMITS));
        EndpointHealth anew = disabled.enabled(NOW.plusSeconds(9), LIMITS);
        assertEquals(
                EndpointHealth.fresh(ENDPOINT, TENANT, NOW.plusSeconds(9), LIMITS)
                        .began(NOW, LIMITS),
                anew);
    }

    private AttemptDecision decide(Outcome outcome, int made, EndpointHealth health) {
        return POLICY.decide(attempt(outcome, NOW), new Round(made, NOW), health, NOW, new Random(1));
    }

    private EndpointHealth after(Outcome outcome, EndpointHealth health) {
        return POLICY.after(attempt(outcome, NOW), health, NOW);
    }

    private static Outcome answered(int status) {
        return new Outcome.Answered(status, Optional.empty(), "");
    }

    private static Outcome answered(int status, Duration retryAfter) {
        return new Outcome.Answered(status, Optional.of(retryAfter), "");
    }

    private static DeliveryAttempt attempt(Outcome outcome, Instant at) {
        return attempt(outcome, at, 0);
    }

    private static DeliveryAttempt attempt(Outcome outcome, Instant at, int millis) {
        return new DeliveryAttempt(new Delivery(EVENT, ENDPOINT, 1, NOW), at, Duration.ofMillis(millis), outcome);
    }
}
