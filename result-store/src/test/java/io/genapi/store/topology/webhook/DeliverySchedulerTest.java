package io.genapi.store.topology.webhook;

import static io.genapi.store.topology.webhook.SimulatedWebhooks.START;
import static io.genapi.store.topology.webhook.SimulatedWebhooks.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.webhook.Delivery;
import io.genapi.schemas.webhook.DeliveryAttempt.Outcome;
import io.genapi.schemas.webhook.EndpointId;
import io.genapi.schemas.webhook.EndpointStanding;
import io.genapi.schemas.webhook.EventId;
import io.genapi.schemas.webhook.EventType;
import io.genapi.schemas.webhook.Redelivery;
import io.genapi.schemas.webhook.WebhookEvent;
import io.genapi.store.webhook.AttemptPolicy;
import io.genapi.store.webhook.DeliveryAnswer;
import io.genapi.store.webhook.DeliveryPage;
import io.genapi.store.webhook.DeliverySchedule;
import io.genapi.store.webhook.EndpointLimits;
import io.genapi.store.webhook.LoggedAttempt;
import io.genapi.store.webhook.Telling;
import io.genapi.store.webhook.Telling.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverySchedulerTest {
    private static final Duration TICK = DeliveryScheduler.TICK;

    private SimulatedWebhooks world;

    @BeforeEach
    void start(@TempDir Path directory) {
        world = world(directory, EndpointLimits.STANDARD);
    }

    private static SimulatedWebhooks world(Path directory, EndpointLimits limits) {
        return new SimulatedWebhooks(
                new AttemptPolicy(DeliverySchedule.STANDARD, limits, Duration.ofDays(5)), directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void anEventIsDeliveredAtOnceAndOnce() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        assertEquals(new Delivery(event, endpoint, 1, START, Optional.of(START)), world.delivery());
        assertEquals(Stage.UNDER_WAY, world.telling(endpoint, event).stage());

        world.returned(new Delivery(event, endpoint, 1, START), answer(200));
        assertEquals(Stage.DELIVERED, world.telling(endpoint, event).stage());
        world.pass(Duration.ofMinutes(10));
        assertEquals(List.of(), world.deliveries());
        assertEquals(List.of(), world.told);
    }

    @Test
    void theSameEndReadAgainIsNoNews() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        Delivery delivery = world.delivery();
        world.happens(event);
        world.returned(delivery, answer(200));
        world.happens(event);
        assertEquals(List.of(), world.deliveries());
        assertEquals(2, world.counted("genapi.webhook.ignored", "reason", "duplicate_event"));
    }

    @Test
    void anEventThatNamesNoneIsForAllDefaultEndpointsThatWantIt() {
        EndpointId one = world.endpoint(true);
        EndpointId other = world.endpoint(true);
        EndpointId choosy = EndpointId.mint(new Random(77));
        world.register(choosy, Set.of(EventType.JOB_FAILED), true, Optional.of(world.now()));
        world.endpoint(false);
        world.happens(world.event(Optional.empty()));
        assertEquals(
                Set.of(one, other),
                Set.copyOf(world.deliveries().stream().map(Delivery::endpoint).toList()));
    }

    @Test
    void whatIsNamedIsToldOnlyWhatItWants() {
        EndpointId choosy = EndpointId.mint(new Random(77));
        world.register(choosy, Set.of(EventType.JOB_FAILED), false, Optional.of(world.now()));
        world.happens(choosy);
        assertEquals(List.of(), world.deliveries());
        assertEquals(0, world.entries());
    }

    @Test
    void followsTheScheduleForThreeDaysAndThenGivesUp() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        List<Instant> made = new ArrayList<>();
        while (world.telling(endpoint, event).stage() != Stage.FAILED) {
            Delivery delivery = world.delivery();
            assertEquals(made.size() + 1, delivery.attempt());
            assertEquals(event.id(), delivery.event().id());
            made.add(world.now());
            world.returned(delivery, answer(500));
            Instant due = world.telling(endpoint, event).due();
            if (world.telling(endpoint, event).stage() == Stage.PENDING) {
                world.jump(Duration.between(world.now(), due).minusMillis(1));
                assertEquals(List.of(), world.deliveries(), "nothing is due before " + due);
                world.jump(Duration.ofMillis(1).plus(TICK));
            }
        }

        assertEquals(12, made.size());
        Duration[] gaps = {
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10)
        };
        for (int attempt = 1; attempt < made.size(); attempt++) {
            Duration gap = Duration.between(made.get(attempt - 1), made.get(attempt));
            long planned = gaps[Math.min(attempt, gaps.length) - 1].toMillis();
            assertTrue(gap.toMillis() >= planned * 0.8, gap + " after attempt " + attempt);
            assertTrue(gap.toMillis() <= planned * 1.2 + 2 * TICK.toMillis(), gap + " after attempt " + attempt);
        }
        assertEquals(
                Optional.of("attempts_exhausted"),
                world.telling(endpoint, event).reason());
        assertEquals(
                IntStream.rangeClosed(1, 12).boxed().toList(),
                world.telling(endpoint, event).log().stream()
                        .map(LoggedAttempt::number)
                        .toList());
        world.jump(Duration.ofDays(2));
        assertEquals(List.of(), world.deliveries());
        assertEquals(1, world.counted("genapi.webhook.deliveries", "outcome", "attempts_exhausted"));
        assertEquals(1, world.told.size(), "that it fails is told once: " + world.told);
    }

    @Test
    void leavesAReceiverAloneForAsLongAsItAsks() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), new Outcome.Answered(503, Optional.of(Duration.ofMinutes(2)), ""));
        assertEquals(
                START.plus(Duration.ofMinutes(2)),
                world.telling(endpoint, event).due());
        world.pass(Duration.ofMinutes(2).minus(TICK));
        assertEquals(List.of(), world.deliveries());
        world.tick();
        assertEquals(2, world.delivery().attempt());
    }

    @Test
    void whoAnswersGoneIsToldNothingUntilItsTenantEnablesItAgain() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), answer(410));
        assertEquals(
                new EndpointStanding.Disabled("answered 410 Gone", START),
                world.told.getLast().disabled().orElseThrow());
        WebhookEvent missed = world.happens(endpoint);
        assertEquals(List.of(), world.deliveries());
        assertEquals(
                Optional.of("endpoint_disabled"), world.telling(endpoint, event).reason());
        assertEquals(
                Optional.of("endpoint_disabled"),
                world.telling(endpoint, missed).reason());
        world.tick();
        assertEquals(1, world.shown("genapi.webhook.disabled.endpoints"));

        world.pass(Duration.ofMinutes(1));
        world.register(endpoint, Set.of(EventType.values()), false, Optional.of(world.now()));
        world.happens(endpoint);
        world.returned(world.delivery(), answer(204));
        world.redeliver(endpoint, new Redelivery.Scope.AllFailed(START));
        world.tick();
        assertEquals(
                Set.of(event.id(), missed.id()),
                Set.copyOf(world.deliveries().stream()
                        .map(delivery -> delivery.event().id())
                        .toList()));
        world.tick();
        assertEquals(0, world.shown("genapi.webhook.disabled.endpoints"));
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 429, 500})
    void aLateAnswerOfTheFormerAddressSaysNothingOfTheNewOne(int status) {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        Delivery toTheFormer = world.delivery();
        world.tick();
        world.register(endpoint, Set.of(EventType.values()), false, Optional.of(world.now()));
        world.pass(Duration.ofSeconds(2));
        // The sender had it at once, or only after the endpoint had moved but before it had heard so.
        world.returned(toTheFormer, status == 500 ? world.now() : START, answer(status));
        assertEquals(Stage.PENDING, world.telling(endpoint, event).stage());
        assertEquals(List.of(), world.told);
        WebhookEvent next = world.happens(endpoint);
        assertEquals(next, world.delivery().event(), "it neither rests nor is it disabled");
        world.pass(Duration.ofSeconds(7));
        Delivery again = world.delivery();
        assertEquals(event, again.event());
        world.returned(again, answer(410));
        assertTrue(world.told.getLast().disabled().isPresent(), "what the new address says counts");
        world.tick();
        assertEquals(1, world.shown("genapi.webhook.under.way"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 410, 429, 500})
    void whatASenderSentToTheFormerAddressIsSentAgainWhateverTheClocksSay(int status) {
        EndpointId endpoint = world.endpoint(false);
        world.pass(Duration.ofSeconds(2));
        Instant moved = world.now();
        world.register(endpoint, Set.of(EventType.values()), false, Optional.of(moved));
        world.pass(Duration.ofSeconds(2));
        WebhookEvent event = world.happens(endpoint);
        Delivery delivery = world.delivery();
        assertEquals(Optional.of(moved), delivery.enabledAt());
        world.returned(delivery, Optional.of(START), world.now(), answer(status));
        assertFalse(world.telling(endpoint, event).stage().isEnd());
        assertEquals(List.of(), world.told);
        world.pass(Duration.ofSeconds(7));
        Delivery again = world.delivery();
        assertEquals(2, again.attempt());
        world.returned(again, Optional.of(moved), START.minusSeconds(60), answer(200));
        assertEquals(Stage.DELIVERED, world.telling(endpoint, event).stage(), "though the sender's clock is behind");
    }

    @Test
    void whatANewAddressHasIsDeliveredThoughTheStoreHasNotHeardOfThatYet() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        Instant moved = world.now().plusSeconds(1);
        world.returned(world.delivery(), Optional.of(moved), world.now(), answer(200));
        assertEquals(Stage.DELIVERED, world.telling(endpoint, event).stage());
        world.happens(endpoint);
        world.returned(world.delivery(), Optional.of(moved), world.now(), answer(410));
        assertEquals(List.of(), world.told, "what it refuses is asked for again when it is known");
        world.tick();
        assertEquals(0, world.shown("genapi.webhook.under.way"));
    }

    @Test
    void lackOfRoomUsesUpNoStepOfTheSchedule() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        for (int attempt = 1; attempt <= 20; attempt++) {
            Delivery delivery = world.delivery();
            assertEquals(attempt, delivery.attempt());
            world.returned(delivery, new Outcome.Unanswered("no_connection", "no room"));
            world.pass(Duration.ofSeconds(7));
        }
        world.returned(world.delivery(), answer(500));
        assertEquals(List.of(), world.deliveries());
        world.pass(Duration.ofSeconds(7));
        assertEquals(22, world.delivery().attempt(), "it is the first that has failed");
        assertEquals(21, world.telling(endpoint, event).attempts());
    }

    @Test
    void whoHasOnlyFailedForFiveDaysIsToldNothingAnyMore() {
        EndpointId endpoint = world.endpoint(false);
        for (int day = 0; day < 5; day++) {
            world.happens(endpoint);
            world.deliveries().forEach(delivery -> world.returned(delivery, answer(500)));
            world.jump(Duration.ofDays(1));
            world.deliveries().forEach(delivery -> world.returned(delivery, answer(500)));
        }
        assertEquals(
                "every attempt since " + START + " has failed",
                world.told.getLast().disabled().orElseThrow().reason());
        assertEquals(2, world.told.size(), "that it fails, and that it is disabled: " + world.told);
    }

    @Test
    void oneSuccessOnTheWayIsEnoughToGoOn() {
        EndpointId endpoint = world.endpoint(false);
        for (int day = 0; day < 8; day++) {
            world.happens(endpoint);
            int status = day == 3 ? 200 : 500;
            world.deliveries().forEach(delivery -> world.returned(delivery, answer(status)));
            world.jump(Duration.ofDays(1));
            world.deliveries().forEach(delivery -> world.returned(delivery, answer(status)));
        }
        assertEquals(Optional.empty(), world.told.getLast().disabled());
    }

    @Test
    void redeliversOneEventHoweverItEndedFromTheBeginningOfTheSchedule() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), answer(200));
        world.tick();
        world.redeliver(endpoint, new Redelivery.Scope.One(event.id()));
        Delivery again = world.delivery();
        assertEquals(2, again.attempt());
        world.redeliver(endpoint, new Redelivery.Scope.One(event.id()));
        assertEquals(List.of(), world.deliveries(), "it is under way");
        world.returned(again, answer(500));
        world.pass(Duration.ofSeconds(7));
        world.returned(world.delivery(), answer(200));
        assertEquals(Stage.DELIVERED, world.telling(endpoint, event).stage());
    }

    @Test
    void aWishForWhatIsPendingDoesNotWait() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), answer(500));
        world.redeliver(endpoint, new Redelivery.Scope.One(event.id()));
        assertEquals(2, world.delivery().attempt());
        world.pass(Duration.ofMinutes(1));
        assertEquals(List.of(), world.deliveries(), "the retry that was planned before is off");
    }

    @Test
    void redeliversOnlyWhatHasFailedSince() {
        EndpointId endpoint = world.endpoint(false);
        world.register(endpoint, Set.of(EventType.values()), false, Optional.empty());
        WebhookEvent early = world.happens(endpoint);
        world.pass(Duration.ofMinutes(1));
        WebhookEvent late = world.happens(endpoint);
        world.register(endpoint, Set.of(EventType.values()), false, Optional.of(world.now()));
        world.redeliver(endpoint, new Redelivery.Scope.AllFailed(START.plusSeconds(1)));
        world.tick();
        assertEquals(late.id(), world.delivery().event().id());
        assertEquals(Stage.FAILED, world.telling(endpoint, early).stage());
    }

    @Test
    void manyThatHaveFailedAreRedeliveredInPartsAndOnceEach() {
        EndpointId endpoint = world.endpoint(false);
        world.register(endpoint, Set.of(EventType.values()), false, Optional.empty());
        Set<EventId> failed = new HashSet<>();
        for (int event = 0; event < 1_200; event++) {
            failed.add(world.happens(endpoint).id());
        }
        world.register(endpoint, Set.of(EventType.values()), false, Optional.of(world.now()));
        long kept = world.entries();
        world.redeliver(endpoint, new Redelivery.Scope.AllFailed(START));
        assertEquals(List.of(), world.deliveries());
        List<Double> pending = new ArrayList<>();
        for (int tick = 0; tick < 4; tick++) {
            world.tick();
            pending.add(world.shown("genapi.webhook.pending"));
        }
        assertEquals(List.of(496.0, 996.0, 1196.0, 1196.0), pending, "4 are under way");

        List<EventId> told = new ArrayList<>();
        Deque<Delivery> underWay = new ArrayDeque<>(world.deliveries());
        while (!underWay.isEmpty()) {
            Delivery delivery = underWay.remove();
            told.add(delivery.event().id());
            world.returned(delivery, answer(200));
            underWay.addAll(world.deliveries());
        }
        assertEquals(1_200, told.size());
        assertEquals(failed, Set.copyOf(told));
        assertEquals(kept + 1, world.entries(), "health is new, the wish is forgotten");
    }

    @Test
    void eachWishCountsWhateverTheClockOfItsGatewaySays() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), answer(200));
        for (int seconds = 0; seconds > -3; seconds--) {
            world.redeliver(endpoint, START.plusSeconds(seconds), new Redelivery.Scope.One(event.id()));
            world.returned(world.delivery(), answer(200));
        }
        assertEquals(4, world.telling(endpoint, event).attempts());
    }

    @Test
    void whatTooManyWaitForHasFailedAndIsToldWhenItIsAskedFor(@TempDir Path directory) {
        try (SimulatedWebhooks small = new SimulatedWebhooks(
                new AttemptPolicy(DeliverySchedule.STANDARD, EndpointLimits.STANDARD, Duration.ofDays(5)),
                10,
                directory)) {
            EndpointId endpoint = small.endpoint(false);
            EndpointId other = small.endpoint(false);
            Set<EventId> all = new HashSet<>();
            for (int event = 0; event < 40; event++) {
                all.add(small.happens(endpoint).id());
            }
            assertEquals(26, small.counted("genapi.webhook.deliveries", "outcome", "too_many_pending"));
            assertEquals(
                    Set.of(Optional.of("too_many_pending")),
                    Set.copyOf(
                            small.page(endpoint, Optional.of(Stage.FAILED), Optional.empty(), 100).tellings().stream()
                                    .map(Telling::reason)
                                    .toList()));
            small.happens(other);
            small.redeliver(endpoint, new Redelivery.Scope.AllFailed(START));
            small.tick();
            assertEquals(36, small.shown("genapi.webhook.pending"), "of this endpoint, none of the other");

            List<EventId> told = new ArrayList<>();
            Deque<Delivery> underWay = new ArrayDeque<>(small.deliveries());
            while (!underWay.isEmpty()) {
                Delivery delivery = underWay.remove();
                if (delivery.endpoint().equals(endpoint)) {
                    told.add(delivery.event().id());
                }
                small.returned(delivery, answer(200));
                small.tick();
                underWay.addAll(small.deliveries());
            }
            assertEquals(40, told.size());
            assertEquals(all, Set.copyOf(told));
            assertEquals(
                    List.of(),
                    small.page(endpoint, Optional.of(Stage.FAILED), Optional.empty(), 100)
                            .tellings());
        }
    }

    @Test
    void aRecordSeesToAFewOfManyThatEndAndTheNextTickToTheRest() {
        EndpointId endpoint = world.endpoint(false);
        for (int event = 0; event < 94; event++) {
            world.happens(endpoint);
        }
        List<Delivery> underWay = world.deliveries();
        world.register(endpoint, Set.of(EventType.values()), false, Optional.empty());
        world.returned(underWay.getFirst(), answer(200));
        assertEquals(
                32,
                world.page(endpoint, Optional.of(Stage.FAILED), Optional.empty(), 100)
                        .tellings()
                        .size());
        world.tick();
        assertEquals(
                90,
                world.page(endpoint, Optional.of(Stage.FAILED), Optional.empty(), 100)
                        .tellings()
                        .size());
    }

    @Test
    void aWishForAnEventThatNobodyKnowsIsCounted() {
        EndpointId endpoint = world.endpoint(false);
        world.redeliver(endpoint, new Redelivery.Scope.One(EventId.ofEnd("job_unknown")));
        assertEquals(List.of(), world.deliveries());
        assertEquals(1, world.counted("genapi.webhook.ignored", "reason", "redelivery_unknown"));
    }

    @Test
    void noMoreIsUnderWayThanTheWindowAndSuccessesOpenIt() {
        EndpointId endpoint = world.endpoint(false);
        for (int event = 0; event < 200; event++) {
            world.happens(endpoint);
        }
        Deque<Delivery> underWay = new ArrayDeque<>(world.deliveries());
        assertEquals(4, underWay.size());
        int most = 0;
        int delivered = 0;
        while (!underWay.isEmpty()) {
            world.returned(underWay.remove(), answer(200));
            delivered++;
            underWay.addAll(world.deliveries());
            most = Math.max(most, underWay.size());
        }
        assertEquals(200, delivered, "without any tick");
        assertEquals(32, most);
    }

    @Test
    void aStrainedEndpointRestsAndGoesOnWithHalf() {
        EndpointId endpoint = world.endpoint(false);
        for (int event = 0; event < 20; event++) {
            world.happens(endpoint);
        }
        List<Delivery> first = world.deliveries();
        first.forEach(delivery -> world.returned(delivery, START, answer(429)));
        assertEquals(List.of(), world.deliveries());
        world.pass(Duration.ofSeconds(1));
        assertEquals(2, world.deliveries().size());
    }

    @Test
    void aRateIsKept(@TempDir Path directory) {
        try (SimulatedWebhooks limited =
                world(directory, new EndpointLimits(100, 100, Duration.ofSeconds(1), Duration.ofSeconds(1), 4))) {
            EndpointId endpoint = limited.endpoint(false);
            for (int event = 0; event < 50; event++) {
                limited.happens(endpoint);
            }
            assertEquals(4, limited.deliveries().size());
            for (int second = 0; second < 5; second++) {
                limited.pass(Duration.ofSeconds(1));
                assertEquals(4, limited.deliveries().size());
            }
        }
    }

    @Test
    void anEndpointThatNeverAnswersHoldsUpNoOther() {
        EndpointId hanging = world.endpoint(false);
        EndpointId healthy = world.endpoint(false);
        for (int event = 0; event < 50; event++) {
            world.happens(hanging);
        }
        assertEquals(4, world.deliveries().size());
        for (int event = 0; event < 50; event++) {
            world.happens(healthy);
            world.returned(world.delivery(), answer(200));
        }
        world.pass(Duration.ofMinutes(2));
        assertEquals(List.of(), world.deliveries());
        assertEquals(4, world.shown("genapi.webhook.under.way"));
        assertEquals(46, world.shown("genapi.webhook.pending"));
    }

    @Test
    void whatIsHeardNothingOfIsMadeOnceMoreWhenKafkaHasForgottenIt() {
        EndpointId endpoint = world.endpoint(false);
        world.happens(endpoint);
        Delivery lost = world.delivery();
        world.jump(SimulatedWebhooks.RESEND_AFTER.minusMillis(1));
        assertEquals(List.of(), world.deliveries());
        world.jump(TICK);
        assertEquals(lost, world.delivery());
        world.returned(lost, answer(200));
        world.returned(lost, answer(500));
        assertEquals(1, world.counted("genapi.webhook.ignored", "reason", "duplicate_attempt"));
        assertEquals(
                0,
                world.page(endpoint, Optional.of(Stage.PENDING), Optional.empty(), 9)
                        .tellings()
                        .size());
    }

    @Test
    void anAttemptThatIsToldTwiceCountsOnce() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        Delivery delivery = world.delivery();
        world.returned(delivery, answer(500));
        Instant due = world.telling(endpoint, event).due();
        world.returned(delivery, answer(200));
        assertEquals(due, world.telling(endpoint, event).due());
        assertEquals(1, world.telling(endpoint, event).attempts());
        world.tick();
        assertEquals(0, world.shown("genapi.webhook.under.way"));
    }

    @Test
    void whatIsForAnEndpointThatIsNoneIsDroppedAndCounted() {
        EndpointId unknown = EndpointId.mint(new Random(99));
        WebhookEvent event = world.happens(unknown);
        assertEquals(Optional.empty(), world.find(unknown, event));
        assertEquals(0, world.entries());
        assertEquals(1, world.counted("genapi.webhook.deliveries", "outcome", "endpoint_unknown"));
    }

    @Test
    void whoTakesOverDropsNothingBeforeItKnowsTheEndpoints() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), answer(500));
        // As on another store, which has read the endpoints to a place before this one's.
        world.isCurrent = false;
        world.remove(endpoint);
        world.pass(Duration.ofMinutes(1));
        assertEquals(Stage.PENDING, world.telling(endpoint, event).stage());

        world.register(endpoint, Set.of(EventType.values()), false, Optional.of(START));
        world.isCurrent = true;
        world.tick();
        assertEquals(2, world.delivery().attempt());
    }

    @Test
    void aSenderThatDoesNotKnowTheEndpointYetIsAskedAgain() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), new Outcome.Withheld("the endpoint is gone"));
        world.pass(Duration.ofSeconds(7));
        world.returned(world.delivery(), answer(200));
        assertEquals(Stage.DELIVERED, world.telling(endpoint, event).stage());
    }

    @Test
    void whatAnEndpointThatIsRemovedWasToBeToldIsForgotten() {
        EndpointId endpoint = world.endpoint(false);
        for (int event = 0; event < 6; event++) {
            world.happens(endpoint);
        }
        List<Delivery> underWay = world.deliveries();
        world.remove(endpoint);
        underWay.forEach(delivery -> world.returned(delivery, answer(200)));
        assertEquals(List.of(), world.deliveries());
        assertEquals(0, world.entries());
    }

    @Test
    void whatIsKnownOfAnEndpointThatIsRemovedIsForgottenThoughNothingIsToBeTold() {
        EndpointId removed = world.endpoint(false);
        EndpointId other = world.endpoint(false);
        for (EndpointId endpoint : List.of(removed, other)) {
            world.happens(endpoint);
            world.returned(world.delivery(), answer(410));
        }
        world.remove(removed);
        world.isCurrent = false;
        world.pass(Duration.ofMinutes(2));
        assertEquals(List.of(), world.takenBack);
        world.isCurrent = true;
        world.pass(Duration.ofMinutes(2));
        assertEquals(List.of(removed), world.takenBack, "its standing may have been written after it was removed");
        assertEquals(1, world.shown("genapi.webhook.disabled.endpoints"));
        world.jump(SimulatedWebhooks.RETENTION);
        assertEquals(1, world.entries(), "the other's health");
    }

    @Test
    void whatHasEndedIsForgottenAfterItsRetention() {
        EndpointId endpoint = world.endpoint(false);
        world.happens(endpoint);
        world.returned(world.delivery(), answer(200));
        world.jump(SimulatedWebhooks.RETENTION.minusMillis(1));
        assertEquals(4, world.entries(), "telling, log, upkeep and health");
        world.jump(TICK);
        assertEquals(1, world.entries(), "health alone");
    }

    @Test
    void whatANewerVersionHasWrittenHoldsUpNothing() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent newer = world.happens(endpoint);
        world.returned(world.delivery(), answer(500));
        byte[] telling = world.makeUnreadable(endpoint, newer);
        world.happens(newer);
        world.pass(Duration.ofSeconds(7));
        assertEquals(List.of(), world.deliveries());
        assertTrue(world.counted("genapi.webhook.ignored", "reason", "unreadable_telling") >= 1);
        WebhookEvent next = world.happens(endpoint);
        world.returned(world.delivery(), answer(200));
        assertEquals(Stage.DELIVERED, world.telling(endpoint, next).stage());
        assertEquals(Optional.empty(), world.find(endpoint, newer));
        world.tick();
        assertEquals(1, world.shown("genapi.webhook.pending"), "it is kept");

        world.makeReadable(endpoint, newer, telling);
        world.jump(Duration.ofHours(1));
        Delivery again = world.delivery();
        assertEquals(newer, again.event());
        world.returned(again, answer(200));
        assertEquals(Stage.DELIVERED, world.telling(endpoint, newer).stage());
        world.tick();
        assertEquals(0, world.shown("genapi.webhook.pending"));
        world.jump(SimulatedWebhooks.RETENTION.plusHours(1));
        assertEquals(1, world.entries(), "health alone");
    }

    @Test
    void whatHasEndedAndCannotBeReadIsForgottenByWhoCan() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent newer = world.happens(endpoint);
        world.returned(world.delivery(), answer(200));
        byte[] telling = world.makeUnreadable(endpoint, newer);
        world.jump(SimulatedWebhooks.RETENTION);
        assertEquals(4, world.entries());
        world.makeReadable(endpoint, newer, telling);
        world.jump(Duration.ofHours(1));
        assertEquals(1, world.entries(), "health alone");
    }

    @Test
    void aPageCannotComeAfterAnEventThatIsForgotten() {
        EndpointId endpoint = world.endpoint(false);
        WebhookEvent event = world.happens(endpoint);
        world.returned(world.delivery(), answer(200));
        world.jump(SimulatedWebhooks.RETENTION);
        assertEquals(
                new DeliveryAnswer.Forgotten(event.id()),
                world.answer(endpoint, Optional.empty(), Optional.of(event.id()), 9));
    }

    @Test
    void pagesTellWhatAnEndpointWasToldTheNewestFirst() {
        EndpointId endpoint = world.endpoint(false);
        EndpointId other = world.endpoint(false);
        List<WebhookEvent> events = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            events.addFirst(world.happens(endpoint));
            world.happens(other);
            world.tick();
        }
        Optional<EventId> after = Optional.empty();
        List<WebhookEvent> seen = new ArrayList<>();
        do {
            DeliveryPage page = world.page(endpoint, Optional.empty(), after, 2);
            page.tellings().forEach(telling -> seen.add(telling.event()));
            after = page.last();
        } while (after.isPresent());
        assertEquals(events, seen);
        assertEquals(
                1,
                world.page(endpoint, Optional.of(Stage.PENDING), Optional.empty(), 9)
                        .tellings()
                        .size(),
                "the fifth waits for room");
    }
}
