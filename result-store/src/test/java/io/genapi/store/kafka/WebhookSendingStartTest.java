package io.genapi.store.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.InflightOptions;
import io.genapi.inflight.run.Verdict;
import io.genapi.runtime.service.StartException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class WebhookSendingStartTest {

    private static InflightConsumer<byte[], byte[]> consumer() {
        return InflightConsumer.builder(
                        InflightOptions.of("test", "genapi.webhooks"),
                        Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", "test"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .deferringHandler(_ -> Verdict.done())
                .poison((_, _) -> {})
                .build();
    }

    @Test
    void beginsWhenAllEndpointsAreKnownHoweverLongThatTakes() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch known = new CountDownLatch(1);
        try (WebhookSending sending = new WebhookSending(consumer(), _ -> {
            if (asked.incrementAndGet() < 3) {
                throw new StartException("the topic cannot be read");
            }
            awaitUninterrupted(known);
        })) {
            sending.start();
            await().until(() -> asked.get() == 3);
            assertTrue(sending.problem().isPresent());
            known.countDown();
            await().until(() -> sending.problem().isEmpty());
        }
        assertEquals(3, asked.get());
    }

    @Test
    void stopsWhileItWaits() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        WebhookSending sending = new WebhookSending(consumer(), _ -> {
            waiting.countDown();
            awaitUninterrupted(never);
        });
        sending.start();
        awaitUninterrupted(waiting);
        sending.close();
        assertTrue(sending.problem().isPresent());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new StartException("interrupted");
        }
    }
}
