package io.genapi.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests are there, how long they take, how they fail. Thread-safe. */
final class ExchangeMeters {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10)
    };

    private final MeterRegistry meters;
    private final AtomicInteger active = new AtomicInteger();

    ExchangeMeters(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("genapi.active.requests", active, AtomicInteger::get)
                .description("Requests being handled")
                .register(meters);
    }

    void started() {
        active.incrementAndGet();
    }

    void ended(String method, Optional<String> route, int status, Optional<String> errorCode, Duration duration) {
        active.decrementAndGet();
        Timer.builder("genapi.request.duration")
                .description("From a request's first byte to its response's last")
                .tag("method", METHODS.contains(method) ? method : "_OTHER")
                .tag("endpoint", route.orElse("unmatched"))
                .tag("status_code", Integer.toString(status))
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(duration);
        if (status >= 400) {
            Counter.builder("genapi.errors")
                    .description("Requests that ended with an error")
                    .tag("error_type", errorCode.orElseGet(() -> "http_" + status))
                    .tag("component", "gateway")
                    .register(meters)
                    .increment();
        }
    }
}
