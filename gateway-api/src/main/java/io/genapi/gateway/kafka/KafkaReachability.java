package io.genapi.gateway.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka answers, asked in the background between start and close. Thread-safe. */
public final class KafkaReachability implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaReachability.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Admin admin;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kafka-reachability").daemon().factory());
    private volatile boolean reachable = true;

    /** @param admin the prober's own from here on; a process that has just provisioned its topics has reached Kafka */
    public KafkaReachability(Admin admin) {
        this.admin = admin;
    }

    public void start() {
        var _ = schedule.scheduleWithFixedDelay(
                this::probe, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    public boolean isReachable() {
        return reachable;
    }

    private void probe() {
        try {
            admin.describeCluster().clusterId().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            tell(true, "");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            tell(false, failure.toString());
        }
    }

    private void tell(boolean now, String why) {
        if (now && !reachable) {
            LOG.info("Kafka answers again");
        } else if (!now && reachable) {
            LOG.warn("Kafka does not answer: {}", why);
        }
        reachable = now;
    }

    @Override
    public void close() {
        schedule.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
