package io.genapi.store.config;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the result store works: {@code genapi.store.*}.
 *
 * @param stateDir where job states are kept on disk; each process needs its own
 * @param standbyReplicas how many other processes keep a copy of each part of the table
 * @param threads of Kafka Streams
 * @param memory for RocksDB's cache and write buffers, off the heap
 * @param sessionTimeout after it a silent process counts as dead and the others take over; the broker bounds it
 * @param heartbeatInterval at most a third of the session timeout
 * @param commitInterval how much is done again after a crash
 * @param certainty how long a query for an unknown job waits for the store to catch up with Kafka
 * @param payloadReaders consumers that read results
 * @param sweepInterval how often old jobs are forgotten
 * @param expiryGrace how long after its deadline a job may still be ended by a worker before the store does it
 * @param cancelGrace how long after its cancellation, likewise
 */
@ConfigurationProperties("genapi.store")
public record StoreSettings(
        @DefaultValue("data/store") String stateDir,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("1") int threads,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("6s") Duration sessionTimeout,
        @DefaultValue("1500ms") Duration heartbeatInterval,
        @DefaultValue("1s") Duration commitInterval,
        @DefaultValue("5s") Duration certainty,
        @DefaultValue("4") int payloadReaders,
        @DefaultValue("1m") Duration sweepInterval,
        @DefaultValue("2s") Duration expiryGrace,
        @DefaultValue("2s") Duration cancelGrace) {
    public StoreSettings {
        inRange("standby-replicas", standbyReplicas, 0, 5);
        inRange("threads", threads, 1, 64);
        inRange("payload-readers", payloadReaders, 1, 64);
        positive("session-timeout", sessionTimeout);
        positive("heartbeat-interval", heartbeatInterval);
        positive("commit-interval", commitInterval);
        positive("certainty", certainty);
        positive("sweep-interval", sweepInterval);
        notNegative("expiry-grace", expiryGrace);
        notNegative("cancel-grace", cancelGrace);
        if (heartbeatInterval.multipliedBy(3).compareTo(sessionTimeout) > 0) {
            throw new IllegalArgumentException(
                    "genapi.store.heartbeat-interval is %s; set it to at most a third of genapi.store.session-timeout, which is %s"
                            .formatted(heartbeatInterval, sessionTimeout));
        }
        if (memory.toMegabytes() < 8) {
            throw new IllegalArgumentException("genapi.store.memory is " + memory + "; set it to at least 8MB");
        }
    }

    /** The directory; bound as text, because Spring would read a relative path as the web application's. */
    Path stateDirectory() {
        return Path.of(stateDir);
    }

    private static void inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "genapi.store.%s is %d; set it to a number from %d to %d".formatted(name, value, least, most));
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "genapi.store.%s is %s; set it to a positive duration such as 5s".formatted(name, value));
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "genapi.store.%s is %s; set it to a duration such as 2s, or to 0s".formatted(name, value));
        }
    }
}
