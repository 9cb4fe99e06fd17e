package io.genapi.worker.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A Kafka that takes every record but those whose failure is written down beforehand. */
final class ScriptedSender implements RecordSender {

    private final Deque<Exception> failures = new ArrayDeque<>();
    private final List<ProducerRecord<byte[], byte[]>> taken = new ArrayList<>();

    ScriptedSender failing(Exception failure, int times) {
        for (int i = 0; i < times; i++) {
            failures.add(failure);
        }
        return this;
    }

    List<ProducerRecord<byte[], byte[]>> taken() {
        return taken;
    }

    List<Exception> failuresLeft() {
        return List.copyOf(failures);
    }

    @Override
    public CompletableFuture<?> send(ProducerRecord<byte[], byte[]> record) {
        Exception failure = failures.poll();
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        taken.add(record);
        return CompletableFuture.completedFuture(record);
    }
}
