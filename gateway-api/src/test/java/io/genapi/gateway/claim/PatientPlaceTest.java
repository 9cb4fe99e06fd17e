package io.genapi.gateway.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.schemas.job.BodyDigest;
import io.genapi.schemas.job.ClaimCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatientPlaceTest {

    private static final byte[] BODY = {1, 2, 3};
    private static final ClaimCheck CLAIM =
            new ClaimCheck("0".repeat(32), "claim-019c142c5e00-" + "0".repeat(32), BODY.length, BodyDigest.of(BODY));

    private final AtomicInteger asked = new AtomicInteger();

    /** A share that hangs, as the kernel does it: nothing interrupts it. */
    private final Semaphore answers = new Semaphore(0);

    private final CountDownLatch late = new CountDownLatch(1);
    private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

    private PatientPlace place(BodyPlace place, Duration patience) {
        return new PatientPlace(
                body -> {
                    asked.incrementAndGet();
                    return place.put(body);
                },
                patience,
                () -> now);
    }

    private PatientPlace hanging() {
        return place(
                _ -> {
                    answers.acquireUninterruptibly();
                    return CLAIM;
                },
                Duration.ofMillis(20));
    }

    @Test
    void keepsNoMoreBodiesOfAPlaceThatHangsThanItPutsAtOnce() throws Exception {
        PatientPlace place = hanging();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<ClaimCheck>>> puts = new ArrayList<>();
            for (int caller = 0; caller < 10 * PatientPlace.AT_ONCE; caller++) {
                puts.add(callers.submit(() -> place.put(BODY)));
            }
            for (Future<Optional<ClaimCheck>> put : puts) {
                assertEquals(Optional.empty(), put.get());
            }
        }
        for (int rest = 0; rest < 3 * PatientPlace.AT_ONCE; rest++) {
            now = now.plusSeconds(1_000);
            assertEquals(Optional.empty(), place.put(BODY));
        }

        assertTrue(asked.get() <= PatientPlace.AT_ONCE, asked + " bodies");
        answers.release(asked.get());
    }

    /** Such as a share that was mounted again by force: who waits in the old one waits for ever. */
    @Test
    void triesAPlaceAlsoWhereOthersHangInItForEver() throws Exception {
        PatientPlace place = place(
                _ -> {
                    if (asked.get() <= 2) {
                        answers.acquireUninterruptibly();
                    }
                    return CLAIM;
                },
                Duration.ofMillis(20));
        assertEquals(Optional.empty(), place.put(BODY));
        now = now.plusSeconds(11);
        assertEquals(Optional.empty(), place.put(BODY));
        now = now.plusSeconds(11);
        assertEquals(Optional.empty(), place.put(BODY), "it rests longer where two hang");
        assertEquals(2, asked.get());
        now = now.plusSeconds(10);

        Optional<ClaimCheck> claim = place.put(BODY);

        assertEquals(Optional.of(CLAIM), claim);
        answers.release(2);
    }

    @Test
    void triesAPlaceThatFailedWithOneBodyWhileOthersTravelInTheirRecords() throws Exception {
        CountDownLatch trying = new CountDownLatch(1);
        PatientPlace place = place(
                _ -> {
                    if (asked.get() == 1) {
                        throw new BlobStoreException("away");
                    }
                    trying.countDown();
                    awaitLate();
                    return CLAIM;
                },
                Duration.ofMinutes(1));
        assertEquals(Optional.empty(), place.put(BODY));
        assertEquals(Optional.empty(), place.put(BODY), "it rests");
        now = now.plusSeconds(11);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<ClaimCheck>> trial = callers.submit(() -> place.put(BODY));
            trying.await();

            assertEquals(Optional.empty(), place.put(BODY));
            assertEquals(2, asked.get());

            late.countDown();
            assertEquals(Optional.of(CLAIM), trial.get());
        }
        assertEquals(Optional.of(CLAIM), place.put(BODY));
    }

    private void awaitLate() {
        try {
            late.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void putsManyAwayThatComeAtOnce() throws Exception {
        PatientPlace place = place(_ -> CLAIM, Duration.ofMinutes(1));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<ClaimCheck>>> puts = new ArrayList<>();
            for (int caller = 0; caller < 10 * PatientPlace.AT_ONCE; caller++) {
                puts.add(callers.submit(() -> place.put(BODY)));
            }
            for (Future<Optional<ClaimCheck>> put : puts) {
                assertEquals(Optional.of(CLAIM), put.get());
            }
        }
    }
}
