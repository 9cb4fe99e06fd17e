package io.genapi.store.kafka;

import io.genapi.runtime.service.StartException;
import io.genapi.store.topology.StoreMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams from start to close. Thread-safe. */
public final class StreamsProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsProcess.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

    private final Topology topology;
    private final Supplier<Properties> properties;
    private final KafkaClientSupplier clients;
    private final StoreMetrics metrics;
    private final Consumer<KafkaStreams> observer;
    private volatile @Nullable KafkaStreams streams;
    private volatile boolean ranOnce;

    /**
     * @param properties asked at the start, since they hold the address that the web server got
     * @param clients that Kafka Streams is to work with
     * @param observer is shown Kafka Streams before it starts
     */
    public StreamsProcess(
            Topology topology,
            Supplier<Properties> properties,
            KafkaClientSupplier clients,
            StoreMetrics metrics,
            Consumer<KafkaStreams> observer) {
        this.topology = topology;
        this.properties = properties;
        this.clients = clients;
        this.metrics = metrics;
        this.observer = observer;
    }

    /**
     * Starts and returns at once; the first queries can be answered when the first rebalance is done.
     *
     * @throws StartException if the state directory is another process' or cannot be written
     */
    public void start() {
        Properties resolved = properties.get();
        KafkaStreams starting = create(resolved);
        starting.setUncaughtExceptionHandler(failure -> {
            metrics.error("streams");
            LOG.atError()
                    .addKeyValue("application_id", resolved.get("application.id"))
                    .setCause(failure)
                    .log("A stream thread failed and is replaced");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        starting.setStateListener((now, before) -> {
            ranOnce |= now == KafkaStreams.State.RUNNING;
            LOG.atInfo()
                    .addKeyValue("application_id", resolved.get("application.id"))
                    .addKeyValue("from", before)
                    .addKeyValue("to", now)
                    .log("The store changed its state");
        });
        observer.accept(starting);
        streams = starting;
        starting.start();
    }

    private KafkaStreams create(Properties resolved) {
        try {
            return new KafkaStreams(topology, resolved, clients);
        } catch (StreamsException failure) {
            LOG.atDebug().setCause(failure).log("Kafka Streams was refused its state directory");
            throw new StartException(
                    ("genapi.store.state-dir is '%s', which cannot be used: %s. Give each store process"
                                    + " a directory of its own that it can write to.")
                            .formatted(resolved.get("state.dir"), failure.getMessage()));
        }
    }

    /** What Kafka Streams says; empty while it cannot, because it starts, moves or restores what is asked for, or stops. */
    <T> Optional<T> ask(Function<KafkaStreams, T> question) {
        KafkaStreams current = streams;
        if (current == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.apply(current));
        } catch (InvalidStateStoreException | IllegalStateException notNow) {
            // It may begin to stop between any two calls, and says so with an IllegalStateException.
            LOG.atDebug().setCause(notNow).log("Kafka Streams cannot be asked now");
            return Optional.empty();
        }
    }

    /** The parts of the table that are in this process. */
    public Set<Integer> activePartitions() {
        return ask(streams -> streams.metadataForLocalThreads().stream()
                        .flatMap(thread -> thread.activeTasks().stream())
                        .map(task -> task.taskId().partition())
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /**
     * What keeps queries from being answered; empty when nothing does. A rebalance after the first one does not count:
     * most parts of the table answer on, and the others say that they cannot for a moment.
     */
    public Optional<String> problem() {
        KafkaStreams current = streams;
        if (current == null) {
            return Optional.of("Kafka Streams has not started");
        }
        KafkaStreams.State state = current.state();
        boolean answers = state == KafkaStreams.State.RUNNING || (state == KafkaStreams.State.REBALANCING && ranOnce);
        return answers ? Optional.empty() : Optional.of("Kafka Streams is " + state);
    }

    /** Leaves the group, so that the others take over at once. */
    @Override
    public void close() {
        KafkaStreams running = streams;
        if (running != null
                && !running.close(CloseOptions.timeout(CLOSE_PATIENCE)
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP))) {
            LOG.warn("Kafka Streams did not stop in {}; the others take over when its session ends", CLOSE_PATIENCE);
        }
    }
}
