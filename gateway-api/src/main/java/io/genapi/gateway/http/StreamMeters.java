package io.genapi.gateway.http;

import io.genapi.gateway.stream.FollowOutcome;
import io.genapi.gateway.stream.StreamWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** How many streams are followed, how soon they begin, how they end. Thread-safe. */
public final class StreamMeters implements StreamWatch {

    private final MeterRegistry meters;
    private final AtomicInteger active = new AtomicInteger();
    private final Timer firstPiece;
    private final Counter resumed;

    public StreamMeters(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("genapi.gateway.streams.active", active, AtomicInteger::get)
                .description("Streams being followed")
                .register(meters);
        this.firstPiece = Timer.builder("genapi.gateway.stream.first.piece")
                .description("From the beginning of a following to its first piece")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(meters);
        this.resumed = Counter.builder("genapi.gateway.streams.resumed")
                .description("Streams that were gone on with behind a Last-Event-ID")
                .register(meters);
    }

    @Override
    public void began(boolean resumes) {
        active.incrementAndGet();
        if (resumes) {
            resumed.increment();
        }
    }

    @Override
    public void firstPiece(Duration since) {
        firstPiece.record(since);
    }

    @Override
    public void ended(FollowOutcome outcome) {
        active.decrementAndGet();
        Counter.builder("genapi.gateway.streams.ended")
                .description("Streams that are not followed any longer")
                .tag("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
