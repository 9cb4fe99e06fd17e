package io.genapi.store.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.genapi.runtime.service.StartException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartAfterEndpointsTest {

    private final AtomicInteger starts = new AtomicInteger();

    private StartAfterEndpoints starting(Runnable start, Duration pause) {
        return new StartAfterEndpoints("test-start", "Nothing has started yet", _ -> {}, start, pause);
    }

    @Test
    void aStartThatFailsIsTriedAgainAfterAPause() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        StartAfterEndpoints starting = starting(
                () -> {
                    starts.incrementAndGet();
                    failed.countDown();
                    throw new StartException("the directory is another process'");
                },
                Duration.ofHours(1));
        starting.begin();
        failed.await();
        starting.cancel();
        assertEquals(1, starts.get(), "it was cancelled while it paused");
    }

    @Test
    void andThenOnceMoreUntilItSucceeds() {
        StartAfterEndpoints starting = starting(
                () -> {
                    if (starts.incrementAndGet() < 3) {
                        throw new StartException("not yet");
                    }
                },
                Duration.ofMillis(1));
        starting.begin();
        await().until(() -> starts.get() == 3);
        starting.cancel();
        assertEquals(3, starts.get());
    }
}
