package io.genapi.store.config;

import java.util.concurrent.atomic.AtomicInteger;

/** Numbers clients of one kind: two of one name in a JVM would quarrel over their JMX beans. Thread-safe. */
final class ConsumerNames {
    private final String prefix;
    private final AtomicInteger given = new AtomicInteger();

    ConsumerNames(String prefix) {
        this.prefix = prefix;
    }

    String next() {
        return prefix + "-" + given.incrementAndGet();
    }
}
