package io.genapi.worker.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceOnlyTest {

    private final OnceOnly<String> once = new OnceOnly<>(2, 3);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void doesOneThingOnceForEverybodyWhoAsksAtTheSameTime() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> {
                    once.run("job", () -> {
                        gate.await();
                        return count();
                    });
                    return null;
                }));
            }
            gate.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertEquals(1, done.get());
    }

    /** A thread keeps what it worked on, and what libraries keep for it: tens of kilobytes for each log line's formatter. */
    @Test
    void keepsNothingOfAThreadThatIsThroughWithItsThing() {
        WeakReference<Thread> worker = new WeakReference<>(Thread.ofVirtual().start(() -> {
            try {
                once.run("job", this::count);
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        }));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return worker.refersTo(null);
        });
        assertEquals(1, done.get());
    }

    @Test
    void leavesAThingThatFailedToTheThreadThatBeganItUntilItIsDone() throws Exception {
        assertThrows(
                IllegalStateException.class,
                () -> once.run("job", () -> {
                    throw new IllegalStateException("a bug");
                }));
        Thread other = Thread.ofVirtual().start(() -> {
            try {
                once.run("job", this::count);
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> other.getState() == Thread.State.WAITING);
        once.run("job", () -> done.addAndGet(10) > 0);
        other.join();
        assertEquals(10, done.get());
    }

    @Test
    void knowsWhatWasDoneLastAndForgetsTheRest() throws Exception {
        for (String thing : List.of("a", "b", "c", "d")) {
            once.run(thing, this::count);
        }
        once.run("b", this::count);
        once.run("c", this::count);
        once.run("d", this::count);
        assertEquals(4, done.get());
        once.run("a", this::count);
        assertEquals(5, done.get());
    }

    @Test
    void givesAThingBackThatIsNotDoneYet() throws Exception {
        assertFalse(once.run("job", () -> !count()));
        assertTrue(once.run("job", this::count));
        assertTrue(once.run("job", this::count));
        assertEquals(2, done.get());
    }

    @Test
    void worksOnNoMoreThingsAtOnceThanItMay() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String thing = "job " + i;
                var _ = threads.submit(() -> {
                    once.run(thing, () -> {
                        most.accumulateAndGet(done.incrementAndGet(), Math::max);
                        gate.await();
                        return done.decrementAndGet() >= 0;
                    });
                    return null;
                });
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> done.get() == 2);
            gate.countDown();
        }
        assertTrue(most.get() <= 2, () -> most + " at once");
    }

    private boolean count() {
        return done.incrementAndGet() > 0;
    }
}
