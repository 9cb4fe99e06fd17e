package io.genapi.inflight;

import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.lane.LaneRules;
import io.genapi.inflight.offset.MetadataBudget;
import io.genapi.inflight.poll.PollLoop;
import io.genapi.inflight.poll.PollSettings;
import io.genapi.inflight.poll.Treatment;
import io.genapi.inflight.run.Attempts;
import io.genapi.inflight.run.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group that keeps many slow records in flight, each on a virtual thread of its own, and commits
 * whatever order they finish in. At least once: a record runs again only if it was running when its process died, or
 * had finished within the last commit interval. Thread-safe.
 *
 * @param <K> the records' key
 * @param <V> the records' value
 */
public final class InflightConsumer<K, V> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InflightConsumer.class);

    /** How long records may take to end that were interrupted. */
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final InflightOptions options;
    private final ExecutorService executor;
    private final AdminTopicIds topicIds;
    private final PollLoop<K, V> loop;
    private final Thread pollThread;

    /** Guarded by this. */
    private final List<Lane> lanes;

    private volatile boolean stopRequested;
    private volatile boolean interrupting;
    private volatile @Nullable Throwable failure;

    InflightConsumer(InflightConsumerBuilder<K, V> parts) {
        DeferringHandler<K, V> handler = parts.requiredHandler();
        PoisonHandler<K, V> poison = parts.requiredPoison();
        options = parts.options;
        lanes = new ArrayList<>(options.lanes());
        PollSettings settings = new PollSettings(
                options.name(),
                options.lanes(),
                options.maxInFlight(),
                options.maxInFlightPerPartition(),
                options.maxWaitingPerPartition(),
                options.maxBytesInFlight(),
                new MetadataBudget(options.metadataBudgetBytes() - PollSettings.TOPIC_MARK_BYTES),
                options.commitInterval(),
                parts.handOver.map(check -> options.handOverLease()),
                options.grace().plus(AFTER_INTERRUPT),
                options.stragglerAfter());
        RetryPolicy retries =
                new RetryPolicy(options.maxAttempts(), options.retryFirstDelay(), options.retryMaxDelay());
        executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(options.name() + "-record-", 0).factory());
        Attempts<ConsumerRecord<K, V>> attempts = new Attempts<>(
                poison::poison,
                retries,
                Thread::sleep,
                () -> ThreadLocalRandom.current().nextLong(),
                () -> interrupting);
        Map<String, Object> properties = ConsumerProperties.complete(options.name(), parts.kafkaProperties);
        topicIds = new AdminTopicIds(properties);
        loop = new PollLoop<>(
                new KafkaConsumer<>(properties, parts.keyDeserializer, parts.valueDeserializer),
                settings,
                executor,
                attempts,
                new Treatment<>(
                        handler::handle,
                        parts.handOver.map(check -> check::alreadyDone),
                        parts.orderedBy::of,
                        parts.bytesBeside),
                topicIds,
                parts.formerOwners,
                parts.clock,
                System::nanoTime,
                Thread::sleep,
                parts.meters);
        pollThread = Thread.ofPlatform().name(options.name() + "-poll").unstarted(this::run);
    }

    /**
     * Say at least a handler and a poison handler.
     *
     * @param kafkaProperties for Kafka's consumer; {@code bootstrap.servers} and {@code group.id} at least
     */
    public static <K, V> InflightConsumerBuilder<K, V> builder(
            InflightOptions options,
            Map<String, Object> kafkaProperties,
            Deserializer<K> keyDeserializer,
            Deserializer<V> valueDeserializer) {
        return new InflightConsumerBuilder<>(options, kafkaProperties, keyDeserializer, valueDeserializer);
    }

    /**
     * Joins the group.
     *
     * @throws IllegalThreadStateException if it was started before
     */
    public void start() {
        pollThread.start();
    }

    /**
     * Reads one lane more. What it reads already goes on as it did; with {@code group.protocol=consumer} no partition is
     * given back for it.
     *
     * @throws IllegalArgumentException if the shares are more than {@code maxInFlight} then, or a name or topic is taken
     */
    public synchronized void add(Lane lane) {
        List<Lane> all = new ArrayList<>(lanes);
        all.add(lane);
        LaneRules.check(options.maxInFlight(), all);
        lanes.add(lane);
        loop.add(lane);
    }

    /** Whether it has at least one partition. */
    public boolean isAssigned() {
        return loop.isAssigned();
    }

    /** How many records run. */
    public int inFlight() {
        return loop.inFlight();
    }

    /**
     * For the {@link io.genapi.inflight.poll.FormerOwners} of another member, to which Kafka has given these partitions:
     * nothing more of them starts here. Should they be this one's after all, since the claim was out of date or a
     * mistake, Kafka takes its next commit, and it goes on. Returns at once, also before the start, while Kafka is away,
     * and after {@link #close}.
     *
     * @return those of their offsets that were started here and have not ended, or ended and are in no commit that is
     *     known to have been taken
     */
    public Map<TopicPartition, Set<Long>> cede(Collection<TopicPartition> partitions) {
        return loop.cede(partitions);
    }

    /** Why it stopped by itself, if it did: Kafka refused it for a reason that no waiting changes. Logged too. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Starts no more records, waits for those that run up to the grace period, then interrupts them, commits and leaves
     * the group. Returns when all that is done; further calls wait for the first one.
     */
    @Override
    public void close() {
        stopRequested = true;
        if (pollThread.getState() == Thread.State.NEW) {
            loop.close();
            topicIds.close();
            executor.shutdownNow();
            return;
        }
        boolean interrupted = false;
        while (pollThread.isAlive()) {
            try {
                pollThread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        // Running records have had their time; only after a failure of the loop, when nobody waited, are there more.
        interruptRecords();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Throwable stoppedBy = null;
        try {
            loop.subscribe();
            while (!stopRequested) {
                turn();
            }
            loop.stopIntake();
            finish(options.grace());
        } catch (Throwable fatal) {
            stoppedBy = fatal;
            log(fatal);
        } finally {
            try {
                loop.close();
                topicIds.close();
            } finally {
                // Not before: who sees it may put another consumer in this one's place, and under its name.
                failure = stoppedBy;
            }
        }
    }

    private void finish(Duration grace) throws InterruptedException {
        if (!ended(grace)) {
            log.warn("{}: {} records still run after {} and are interrupted", options.name(), inFlight(), grace);
            interruptRecords();
            if (!ended(AFTER_INTERRUPT)) {
                log.warn("{}: {} records ignore the interrupt and are left alone", options.name(), inFlight());
            }
        }
    }

    private boolean ended(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        while (loop.inFlight() > 0 && System.nanoTime() - start < limit.toNanos()) {
            turn();
        }
        return loop.inFlight() == 0;
    }

    private void turn() throws InterruptedException {
        if (loop.doWork() == 0) {
            loop.idle();
        }
    }

    private void interruptRecords() {
        interrupting = true;
        executor.shutdownNow();
    }

    private void log(Throwable fatal) {
        if (fatal instanceof InterruptException || fatal instanceof InterruptedException) {
            // The consumer could not be closed in good order with the flag set.
            Thread.interrupted();
        }
        log.error("{}: the consumer has stopped and takes no more records", options.name(), fatal);
    }
}
