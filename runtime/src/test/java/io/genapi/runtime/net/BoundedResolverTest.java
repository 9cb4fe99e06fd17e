package io.genapi.runtime.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
