package io.genapi.runtime.claim;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientBodiesTest {

    private static final byte[] BODY = {1};
    private static final String HERE = "1".repeat(32);
    private static final String ELSEWHERE = "2".repeat(32);
    private static final BodyOpening OPENED = new BodyOpening.Opened(BODY);
    private static final BodyOpening AWAY = new BodyOpening.Unavailable("it is not mounted");

    private final List<String> tried = new CopyOnWriteArrayList<>();
    private final CountDownLatch back = new CountDownLatch(1);
    private final PatientBodies.Opener hanging = claim -> {
        while (true) {
            try {
                back.await();
                return OPENED;
            } catch (InterruptedException likeAFileThatHangs) {
                // It goes on hanging.
            }
        }
    };
    private volatile PatientBodies.Opener opener = _ -> OPENED;
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final PatientBodies bodies = bodies(Duration.ofSeconds(30), 2);

    private PatientBodies bodies(Duration patience, int atOnce) {
        return new PatientBodies(
                claim -> {
                    tried.add(claim.key());
                    return opener.open(claim);
                },
                patience,
                atOnce,
                () -> now);
    }

    @AfterEach
    void end() {
        back.countDown();
    }

    private static ClaimCheck claim(String place, int number) {
        return new ClaimCheck(place, "claim-019c142c5e00-%032x".formatted(number), BODY.length, BodyDigest.of(BODY));
    }

    private static ClaimCheck claim(int number) {
        return claim(HERE, number);
    }

    @Test
    void leavesAPlaceAloneWhereTwoBodiesCouldNotBeOpenedAndTriesOneAfterARest() throws Exception {
        opener = _ -> AWAY;
        bodies.open(claim(1));
        bodies.open(claim(2));
        assertEquals(AWAY, bodies.open(claim(3)));
        assertEquals(2, tried.size());
        assertFalse(bodies.canOpen(HERE));

        now = now.plusSeconds(10);
        bodies.open(claim(3));
        bodies.open(claim(4));
        assertEquals(3, tried.size());

        now = now.plusSeconds(10);
        opener = _ -> OPENED;
        assertEquals(OPENED, bodies.open(claim(4)));
        assertEquals(OPENED, bodies.open(claim(1)));
        assertTrue(bodies.canOpen(HERE));
    }

    @Test
    void letsOneBodyThatCannotBeReadStopNoOther() throws Exception {
        opener = claim -> claim.equals(claim(1)) ? AWAY : OPENED;
        for (int i = 0; i < 3; i++) {
            assertEquals(AWAY, bodies.open(claim(1)));
            assertEquals(AWAY, bodies.open(claim(1)));
            assertEquals(OPENED, bodies.open(claim(2)));
        }
        assertTrue(bodies.canOpen(HERE));
    }

    @Test
    void tellsOnePlaceFromAnother() throws Exception {
        opener = claim -> claim.place().equals(ELSEWHERE) ? AWAY : OPENED;
        bodies.open(claim(ELSEWHERE, 1));
        bodies.open(claim(ELSEWHERE, 2));

        assertFalse(bodies.canOpen(ELSEWHERE));
        assertEquals(OPENED, bodies.open(claim(3)));
        assertTrue(bodies.canOpen(HERE));
    }

    @Test
    void takesWhatIsLostForAnAnswerOfThePlace() throws Exception {
        opener = claim -> claim.equals(claim(2)) ? new BodyOpening.Lost("it is gone") : AWAY;
        bodies.open(claim(1));
        bodies.open(claim(2));
        bodies.open(claim(3));

        assertTrue(bodies.canOpen(HERE));
    }

    @Test
    void countsAPlaceAsWellAgainThatNobodyHasTriedForLong() throws Exception {
        opener = _ -> AWAY;
        bodies.open(claim(1));
        bodies.open(claim(2));
        now = now.plusSeconds(40);
        assertFalse(bodies.canOpen(HERE));

        now = now.plusSeconds(1);
        assertTrue(bodies.canOpen(HERE));
    }

    @Test
    void waitsNoLongerThanItsPatienceAndKeepsNoMoreThreadsThanMayHang() throws Exception {
        PatientBodies hasty = bodies(Duration.ofMillis(1), 2);
        opener = hanging;
        BodyOpening.Unavailable first = assertInstanceOf(BodyOpening.Unavailable.class, hasty.open(claim(1)));
        assertTrue(first.reason().contains("genapi.blob."), first::toString);
        assertInstanceOf(BodyOpening.Unavailable.class, hasty.open(claim(2)));

        for (int i = 0; i < 5; i++) {
            now = now.plusSeconds(10);
            assertInstanceOf(BodyOpening.Unavailable.class, hasty.open(claim(3)));
        }
        assertEquals(2, tried.size(), "both threads hang");
    }

    @Test
    void ofAPlaceThatAnswersAgainTellsThoseWhoGaveItUp() throws Exception {
        PatientBodies hasty = bodies(Duration.ofMillis(1), 2);
        opener = hanging;
        hasty.open(claim(1));
        hasty.open(claim(2));
        assertFalse(hasty.canOpen(HERE));

        back.countDown();

        await().until(() -> hasty.canOpen(HERE));
    }

    /** Whoever waits for a body that hangs takes no thread from others. */
    @Test
    void triesABodyThatHangsNotAgainBeforeItHasEnded() throws Exception {
        PatientBodies hasty = bodies(Duration.ofMillis(1), 2);
        opener = claim -> claim.equals(claim(1)) ? hanging.open(claim) : AWAY;
        for (int i = 0; i < 5; i++) {
            now = now.plusSeconds(11);
            assertInstanceOf(BodyOpening.Unavailable.class, hasty.open(claim(1)));
        }
        assertEquals(List.of(claim(1).key()), tried);
        assertTrue(hasty.canOpen(HERE));

        back.countDown();

        await().until(() -> hasty.open(claim(1)).equals(OPENED));
    }

    @Test
    void opensAllOfABurstInTurn() throws Exception {
        PatientBodies two = new PatientBodies(
                _ -> {
                    back.await();
                    return OPENED;
                },
                Duration.ofSeconds(60),
                2,
                () -> now);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BodyOpening>> openings = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ClaimCheck claim = claim(i);
                openings.add(callers.submit(() -> two.open(claim)));
            }
            back.countDown();
            for (Future<BodyOpening> opening : openings) {
                assertEquals(OPENED, opening.get());
            }
        }
    }
}
