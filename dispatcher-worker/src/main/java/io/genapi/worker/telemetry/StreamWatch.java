package io.genapi.worker.telemetry;

import io.genapi.worker.stream.ChunkSink;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ObjectNode;

/** Looks at one stream's chunks as they pass. Not thread-safe. */
final class StreamWatch implements ChunkSink {

    private final ChunkSink sink;
    private final LongSupplier nanos;
    private final long from;
    private OptionalLong firstAt = OptionalLong.empty();
    private int chunks;

    StreamWatch(ChunkSink sink, LongSupplier nanos, long from) {
        this.sink = sink;
        this.nanos = nanos;
        this.from = from;
    }

    @Override
    public void take(ObjectNode chunk) throws InterruptedException {
        if (firstAt.isEmpty()) {
            firstAt = OptionalLong.of(nanos.getAsLong());
        }
        chunks++;
        sink.take(chunk);
    }

    int chunks() {
        return chunks;
    }

    Optional<Duration> untilFirst() {
        return firstAt.isPresent() ? Optional.of(Duration.ofNanos(firstAt.getAsLong() - from)) : Optional.empty();
    }
}
