package io.genapi.benchmarks.contender;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why a contender cannot go on: a benchmark of failures measures nothing. Thread-safe. */
final class Breakdown {

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final List<Supplier<Optional<Throwable>>> watched = new CopyOnWriteArrayList<>();

    void report(Throwable cause) {
        first.compareAndSet(null, cause);
    }

    /** Asks there too, at each check. */
    void watch(Supplier<Optional<Throwable>> other) {
        watched.add(other);
    }

    /** @throws IllegalStateException if something was reported */
    void check() {
        watched.forEach(other -> other.get().ifPresent(this::report));
        Throwable cause = first.get();
        if (cause != null) {
            throw new IllegalStateException("a job or its consumer failed: " + cause, cause);
        }
    }
}
