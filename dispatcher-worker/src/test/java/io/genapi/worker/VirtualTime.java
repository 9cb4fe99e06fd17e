package io.genapi.worker;

import io.genapi.worker.attempt.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that goes on only when told to, and pauses that take no time. Not thread-safe. */
public final class VirtualTime implements InstantSource, Pause {

    private Instant now = Samples.NOW;
    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public Instant instant() {
        return now;
    }

    public long nanos() {
        return Duration.between(Samples.NOW, now).toNanos();
    }

    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while pausing");
        }
        pauses.add(duration);
        pass(duration);
    }

    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
