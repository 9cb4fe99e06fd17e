package io.genapi.worker.vendor;

import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.control.VendorHealth.Status;
import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The most recent calls of one vendor. Thread-safe. */
final class CallWindow {

    private static final double DEGRADED_FROM = 0.1;
    private static final double UNHEALTHY_FROM = 0.5;

    private final VendorName vendor;
    private final int capacity;
    private final Deque<Ended> calls = new ArrayDeque<>();

    private record Ended(Instant at, Duration took, boolean answered, boolean failed) {}

    CallWindow(VendorName vendor, int capacity) {
        this.vendor = vendor;
        this.capacity = capacity;
    }

    synchronized void add(Instant at, Duration took, boolean answered, boolean failed) {
        if (calls.size() == capacity) {
            calls.removeFirst();
        }
        calls.addLast(new Ended(at, took, answered, failed));
    }

    synchronized VendorHealth health() {
        Ended latest = calls.peekLast();
        if (latest == null) {
            return new VendorHealth(vendor, Status.UNKNOWN, Optional.empty(), Optional.empty(), 0);
        }
        double errorRate = calls.stream().filter(Ended::failed).count() / (double) calls.size();
        return new VendorHealth(vendor, status(errorRate), meanOfAnswered(), Optional.of(latest.at()), errorRate);
    }

    private Optional<Duration> meanOfAnswered() {
        long answered = calls.stream().filter(Ended::answered).count();
        return answered == 0
                ? Optional.empty()
                : Optional.of(calls.stream()
                        .filter(Ended::answered)
                        .map(Ended::took)
                        .reduce(Duration.ZERO, Duration::plus)
                        .dividedBy(answered));
    }

    private static Status status(double errorRate) {
        if (errorRate < DEGRADED_FROM) {
            return Status.HEALTHY;
        }
        return errorRate < UNHEALTHY_FROM ? Status.DEGRADED : Status.UNHEALTHY;
    }
}
