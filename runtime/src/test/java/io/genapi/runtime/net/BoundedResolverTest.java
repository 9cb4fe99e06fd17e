package io.genapi.runtime.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedResolverTest {

    private static final InetAddress OPEN = InetAddress.ofLiteral("1.1.1.1");

    @Test
    void doesNotWaitForANameServerThatNeverAnswers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HostResolver system = host -> {
            if (host.equals("slow.example")) {
                asked.incrementAndGet();
                awaitForEver(never);
            }
            return List.of(OPEN);
        };
        try (BoundedResolver impatient = new BoundedResolver(system, Duration.ofMillis(50))) {
            for (int time = 0; time < 100; time++) {
                assertThrows(LookUpTimeoutException.class, () -> impatient.resolve("slow.example"));
            }
            assertEquals(1, asked.get(), "one look-up stands for all that wait for the same name");
        }
        try (BoundedResolver patient = new BoundedResolver(system, Duration.ofSeconds(30))) {
            assertEquals(List.of(OPEN), patient.resolve("quick.example"));
        }
        never.countDown();
    }

    @Test
    void handsOnWhatTheSystemSays() {
        HostResolver system = host -> {
            throw new UnknownHostException(host);
        };
        try (BoundedResolver resolver = new BoundedResolver(system, Duration.ofSeconds(30))) {
            UnknownHostException unknown =
                    assertThrows(UnknownHostException.class, () -> resolver.resolve("nobody.example"));
            assertFalse(unknown instanceof LookUpTimeoutException);
        }
    }

    /** Hosts that hang until they are let go, and a time that is over when the test says so. */
    private static final class World implements AutoCloseable {
        final Set<String> hanging = ConcurrentHashMap.newKeySet();
        final Set<String> asked = ConcurrentHashMap.newKeySet();
        volatile CountDownLatch over = new CountDownLatch(1);
        final Queue<CompletableFuture<?>> waiting = new ConcurrentLinkedQueue<>();
        final Set<String> busy = ConcurrentHashMap.newKeySet();
        final Set<String> late = ConcurrentHashMap.newKeySet();
        final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        final BoundedResolver resolver = new BoundedResolver(this::ask, Duration.ZERO, waiting::add);

        List<InetAddress> ask(String host) throws UnknownHostException {
            if (hanging.contains(host)) {
                asked.add(host);
                awaitForEver(over);
                throw new UnknownHostException(host);
            }
            return List.of(OPEN);
        }

        void hang(String name, int count) {
            IntStream.range(0, count).mapToObj(number -> name + number).forEach(hanging::add);
        }

        /** Asks for all that hang, until each has begun, or is known to be late, or has no room. */
        void askForAll(String name) {
            askForAll(name, this::tryOut);
        }

        void askForAll(String name, Consumer<String> caller) {
            asked.clear();
            busy.clear();
            late.clear();
            List<String> hosts =
                    hanging.stream().filter(host -> host.startsWith(name)).toList();
            hosts.forEach(host -> callers.execute(() -> caller.accept(host)));
            await().until(() -> asked.size() + busy.size() + late.size() == hosts.size());
        }

        void tryOutFor(Object owner, String host) {
            LookUpOwner.with(owner, () -> {
                tryOut(host);
                return host;
            });
        }

        private void tryOut(String host) {
            try {
                resolver.resolve(host);
            } catch (LookUpBusyException _) {
                busy.add(host);
            } catch (LookUpTimeoutException _) {
                late.add(host);
            } catch (UnknownHostException unknown) {
                throw new AssertionError(unknown);
            }
        }

        void letGo() {
            CountDownLatch before = over;
            over = new CountDownLatch(1);
            before.countDown();
        }

        void timeIsOver() {
            for (CompletableFuture<?> each = waiting.poll(); each != null; each = waiting.poll()) {
                each.completeExceptionally(new TimeoutException());
            }
        }

        @Override
        public void close() {
            timeIsOver();
            over.countDown();
            callers.close();
            resolver.close();
        }
    }

    @Test
    void findsWhatWasFoundBeforeWhileAnyNumberOfNamesHangs() throws Exception {
        try (World world = new World()) {
            assertEquals(List.of(OPEN), world.resolver.resolve("well.example"));
            world.hang("hanging", 300);
            for (int round = 0; round < 4; round++) {
                world.askForAll("hanging");
                assertFalse(world.busy.isEmpty(), "they have not enough room for all of them");
                assertEquals(List.of(OPEN), world.resolver.resolve("well.example"));
                world.timeIsOver();
                await().until(() -> world.late.containsAll(world.asked));
            }
        }
    }

    @Test
    void findsANewNameWhenThoseThatHangAreKnownToDoSo() throws Exception {
        try (World world = new World()) {
            world.hang("hanging", 16);
            world.askForAll("hanging");
            assertEquals(Set.of(), world.busy);
            assertThrows(LookUpBusyException.class, () -> world.resolver.resolve("well.example"));
            world.timeIsOver();
            assertEquals(List.of(OPEN), world.resolver.resolve("well.example"));
        }
    }

    @Test
    void findsOthersWhenMoreThanThereAreThreadsForHaveAnsweredAndThenHang() throws Exception {
        try (World world = new World()) {
            assertEquals(List.of(OPEN), world.resolver.resolve("well.example"));
            for (int number = 0; number < 32; number++) {
                world.resolver.resolve("turning" + number);
            }
            world.hang("turning", 32);
            world.askForAll("turning");
            assertThrows(LookUpBusyException.class, () -> world.resolver.resolve("well.example"));
            world.timeIsOver();
            assertEquals(List.of(OPEN), world.resolver.resolve("well.example"));
        }
    }

    @Test
    void findsOthersWhateverOneOwnersNamesDo() throws Exception {
        try (World world = new World()) {
            assertEquals(List.of(OPEN), world.resolver.resolve("well.example"));
            for (int number = 0; number < 200; number++) {
                world.resolver.resolve("turning" + number);
            }
            world.hang("turning", 200);
            for (int round = 0; round < 8; round++) {
                world.askForAll("turning", host -> world.tryOutFor("acme", host));
                assertEquals(List.of(OPEN), world.resolver.resolve("well.example"));
                assertEquals(List.of(OPEN), world.resolver.resolve("new" + round));
                world.timeIsOver();
                await().until(() -> world.late.containsAll(world.asked));
            }
        }
    }

    @Test
    void hasAFewThreadsForAllThatWereLate() {
        try (World world = new World()) {
            world.hang("hanging", 40);
            Set<String> tried = new HashSet<>();
            while (tried.size() < 40) {
                world.askForAll("hanging");
                tried.addAll(world.asked);
                world.timeIsOver();
            }
            world.letGo();
            // Until none of the earlier ones runs any more.
            await().until(() -> {
                world.askForAll("hanging");
                boolean areNoneLate = world.late.isEmpty();
                int begun = world.asked.size();
                assertTrue(begun <= 16, begun + " have begun");
                world.timeIsOver();
                world.letGo();
                return areNoneLate && begun == 16;
            });
        }
    }

    @Test
    void trustsANameAgainThatAnswers() throws Exception {
        try (World world = new World()) {
            world.hang("turning", 1);
            world.askForAll("turning");
            world.timeIsOver();
            assertThrows(LookUpTimeoutException.class, () -> world.resolver.resolve("turning0"), "it still runs");
            world.hanging.clear();
            world.letGo();
            await().ignoreException(LookUpTimeoutException.class)
                    .until(() -> world.resolver.resolve("turning0").equals(List.of(OPEN)));
        }
    }

    private static void awaitForEver(CountDownLatch never) {
        boolean interrupted = false;
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
