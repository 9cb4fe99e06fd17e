package io.genapi.simulator.ratelimit;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** A token bucket that holds one minute's requests and refills evenly. Thread-safe. */
public final class RequestBudget {

    /** What a vendor that never limits puts into its headers. */
    private static final Allowance UNLIMITED = new Allowance(true, 10_000_000, 9_999_999, Duration.ZERO, Duration.ZERO);

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final LongSupplier nanoTicker;
    private OptionalInt limit = OptionalInt.empty();
    private long fullAt;

    public RequestBudget(LongSupplier nanoTicker) {
        this.nanoTicker = nanoTicker;
    }

    /** Takes one request; a changed limit starts full. */
    public synchronized Allowance take(OptionalInt requestsPerMinute) {
        long now = nanoTicker.getAsLong();
        if (!requestsPerMinute.equals(limit)) {
            limit = requestsPerMinute;
            fullAt = now;
        }
        return requestsPerMinute.isEmpty() ? UNLIMITED : take(requestsPerMinute.getAsInt(), now);
    }

    private Allowance take(int perMinute, long now) {
        long nanosPerRequest = MINUTE_NANOS / perMinute;
        long capacityNanos = nanosPerRequest * perMinute;
        long debt = Math.max(0, fullAt - now);
        boolean granted = debt + nanosPerRequest <= capacityNanos;
        if (granted) {
            debt += nanosPerRequest;
            fullAt = now + debt;
        }
        int remaining = (int) ((capacityNanos - debt) / nanosPerRequest);
        long untilNext = Math.max(0, debt + nanosPerRequest - capacityNanos);
        return new Allowance(granted, perMinute, remaining, Duration.ofNanos(untilNext), Duration.ofNanos(debt));
    }
}
