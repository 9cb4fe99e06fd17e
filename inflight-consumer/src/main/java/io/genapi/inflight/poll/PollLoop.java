package io.genapi.inflight.poll;

import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.lane.LanePermits;
import io.genapi.inflight.offset.Arrival;
import io.genapi.inflight.run.Attempts;
import io.genapi.inflight.run.Outcome;
import io.genapi.inflight.run.Sleeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duty cycle of one consumer. Everything but the records' own work happens in {@link #doWork}, which one thread
 * calls over and over; no other state is shared with the threads on which the records run than the queue of outcomes.
 */
public final class PollLoop<K, V> {

    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    /** With nothing to wait for but records. */
    private static final Duration IDLE_POLL = Duration.ofMillis(50);

    /** Between polls, with records or partitions that wait for a run to end, which no poll notices. */
    private static final Duration IDLE_PAUSE = Duration.ofMillis(5);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofDays(365);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<K, V> consumer;
    private final PollSettings settings;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Sleeper sleeper;
    private final Treatment<K, V> treatment;
    private final Custody custody = new Custody();
    private final Runs<K, V> runs;
    private final Lanes lanes;
    private final Starts<K, V> starts;
    private final HandOverChecks<K, V> handOverChecks;
    private final Reviews<K, V> reviews;
    private final Assignment<K, V> assignment;
    private final Commits<K, V> commits;
    private final StragglerWatch stragglers;
    private final LoopMetrics metrics;

    /** Put there by any thread. */
    private final Queue<Lane> newLanes = new ConcurrentLinkedQueue<>();

    private boolean stopping;
    private boolean left;
    private volatile boolean assigned;

    /**
     * @param topicIds by which commits of a former topic of the same name are told apart
     * @param formerOwners asked about partitions that are new here; only if there is a lease
     * @param executor runs each task on a thread of its own
     * @param ticker nanoseconds since any fixed moment
     */
    public PollLoop(
            Consumer<K, V> consumer,
            PollSettings settings,
            Executor executor,
            Attempts<ConsumerRecord<K, V>> attempts,
            Treatment<K, V> treatment,
            TopicIds topicIds,
            Optional<FormerOwners> formerOwners,
            InstantSource clock,
            LongSupplier ticker,
            Sleeper sleeper,
            MeterRegistry registry) {
        this.consumer = consumer;
        this.settings = settings;
        this.clock = clock;
        this.ticker = ticker;
        this.sleeper = sleeper;
        this.treatment = treatment;
        runs = new Runs<>(
                executor,
                attempts,
                treatment,
                new LanePermits(settings.maxInFlight(), settings.lanes()),
                new ByteBudget(settings.maxBytesInFlight()),
                custody);
        lanes = new Lanes(settings.name(), settings.lanes());
        starts = new Starts<>(lanes, runs, custody, ticker);
        handOverChecks = new HandOverChecks<>(executor, treatment.handedOver(), ticker.getAsLong());
        reviews = new Reviews<>(formerOwners, executor, ticker.getAsLong());
        commits = new Commits<>(consumer, settings.commitInterval(), custody, ticker);
        stragglers = new StragglerWatch(settings.name(), settings.stragglerAfter());
        metrics = new LoopMetrics(registry, settings, runs);
        for (int place = 0; place < lanes.count(); place++) {
            metrics.lane(place, lanes.at(place));
        }
        assignment = new Assignment<>(
                consumer,
                settings,
                lanes,
                new TopicWatch(topicIds, ticker.getAsLong()),
                new Claims(formerOwners, executor),
                custody,
                clock,
                metrics);
    }

    /** Records that run. Any thread. */
    public int inFlight() {
        return runs.inFlight();
    }

    /** Whether there is at least one partition. Any thread. */
    public boolean isAssigned() {
        return assigned;
    }

    /**
     * Another member claims these partitions. Nothing more of them starts here, unless Kafka confirms that they are this
     * one's all the same. Any thread; returns at once, whatever the loop is waiting for.
     *
     * @return those of their offsets that were started here and that no commit is known to be past
     */
    public Map<TopicPartition, Set<Long>> cede(Collection<TopicPartition> partitions) {
        return custody.cede(partitions);
    }

    public void subscribe() {
        consumer.subscribe(lanes.topics(), new Rebalance());
    }

    /** Reads that lane too, from the next turn on; what it has is not touched. The lanes keep to their rules. Any thread. */
    public void add(Lane lane) {
        newLanes.add(lane);
    }

    private void takeNewLanes() {
        boolean some = false;
        for (Lane lane = newLanes.poll(); lane != null; lane = newLanes.poll()) {
            runs.permits().add(lane);
            metrics.lane(lanes.count(), lane);
            lanes.add(lane);
            some = true;
        }
        if (some) {
            // The group gives the consumer the new topics' partitions besides those that it has.
            subscribe();
        }
    }

    /**
     * One turn: takes in what ended, reads, starts, commits. After one that found nothing to do, {@link #idle} before the
     * next.
     *
     * @return how many records ended, were read or were started
     * @throws KafkaException if the consumer cannot go on
     */
    public int doWork() throws InterruptedException {
        int work = takeEnded();
        if (!stopping) {
            takeNewLanes();
            assignment.restore(ticker.getAsLong());
            reviews.turn(assignment.intakes(), ticker.getAsLong());
            work += startHeld();
        }
        assignment.pauseWhatIsFull(intake -> !stopping && starts.wantsMore(intake));
        if (!left) {
            work += read();
        }
        work += takeEnded();
        work += startHeld();
        if (!left) {
            commits.commitIfDue(assignment.intakes(), settings.handOverLease().map(_ -> clock.instant()));
        }
        metrics.observe(
                assignment.intakes(), assignment.paused(), stragglers.look(assignment.intakes(), ticker.getAsLong()));
        return work;
    }

    /**
     * Waits a little for a run to end, where the poll has not waited: Kafka's consumer spends the whole of a poll's time
     * spinning while it holds records of paused partitions (KAFKA-21084).
     */
    public void idle() throws InterruptedException {
        if (left || assignment.waitsForRuns()) {
            runs.await(IDLE_PAUSE);
        }
    }

    private int takeEnded() {
        int count = 0;
        for (Runs.Ended<K, V> ended = runs.next(); ended != null; ended = runs.next()) {
            count++;
            ended(ended.running(), ended.outcome());
        }
        int kept = handOverChecks.takeAnswers(ticker.getAsLong());
        metrics.skipped(kept);
        return count + kept;
    }

    private void ended(Running<K, V> running, Outcome outcome) {
        switch (outcome) {
            case Outcome.Finished() -> {
                metrics.finished();
                ended(running, true);
            }
            case Outcome.Poisoned() -> {
                metrics.poisoned();
                ended(running, true);
            }
            case Outcome.Abandoned() -> ended(running, false);
            case Outcome.SetAside(var delay) -> setAside(running, delay);
        }
    }

    private void ended(Running<K, V> running, boolean finished) {
        PartitionIntake<K, V> owner = running.owner();
        if (owner != null) {
            owner.ended(running, finished, ticker.getAsLong());
        } else {
            assignment.orphanEnded(running, finished, ticker.getAsLong());
        }
    }

    private void setAside(Running<K, V> running, Duration delay) {
        metrics.setAside();
        PartitionIntake<K, V> owner = running.owner();
        if (owner == null || stopping) {
            ended(running, false);
        } else {
            owner.setAside(running, ticker.getAsLong() + nanos(delay));
        }
    }

    /** Differences of ticks must not overflow. */
    private static long nanos(Duration delay) {
        return delay.compareTo(LONGEST_REST) > 0 ? LONGEST_REST.toNanos() : delay.toNanos();
    }

    private int startHeld() {
        if (stopping) {
            return 0;
        }
        int started = starts.turn(assignment.intakes(), clock.instant());
        handOverChecks.ask(assignment.intakes(), ticker.getAsLong());
        return started;
    }

    private int read() throws InterruptedException {
        try {
            ConsumerRecords<K, V> records = consumer.poll(assignment.waitsForRuns() ? Duration.ZERO : IDLE_POLL);
            records.partitions().forEach(partition -> take(partition, records.records(partition)));
            records.nextOffsets().forEach((partition, next) -> readUpTo(partition, next.offset()));
            return records.count();
        } catch (RecordDeserializationException unreadable) {
            hold(unreadable.topicPartition(), Held.unfit(withoutContent(unreadable), unreadable));
            if (assignment.intake(unreadable.topicPartition()) != null) {
                consumer.seek(unreadable.topicPartition(), unreadable.offset() + 1);
            }
            return 1;
        } catch (WakeupException | RetriableException passing) {
            log.warn("{}: a poll failed and is repeated", settings.name(), passing);
            sleeper.sleep(PAUSE_AFTER_FAILURE);
            return 0;
        }
    }

    private void take(TopicPartition partition, List<ConsumerRecord<K, V>> records) {
        if (assignment.intake(partition) != null) {
            records.forEach(record -> hold(partition, Held.read(record, treatment)));
        } else if (consumer.assignment().contains(partition)) {
            // It is paused until its progress is known; should records slip through, they are read again then.
            consumer.seek(partition, records.getFirst().offset());
        }
    }

    private void hold(TopicPartition partition, Held<K, V> read) {
        PartitionIntake<K, V> intake = assignment.intake(partition);
        if (intake == null) {
            return;
        }
        if (intake.isRewind(read.offset())) {
            assignment.rewind(intake, read.offset());
        }
        Arrival arrival = intake.read(read);
        Running<K, V> orphan = assignment.orphan(partition, read);
        if (arrival == Arrival.ALREADY_FINISHED) {
            metrics.skipped(1);
        } else if (orphan == null) {
            intake.hold(read, ticker.getAsLong());
        } else if (orphan.isFinished()) {
            metrics.skipped(1);
            intake.readFinished(read.offset());
        } else {
            assignment.adopt(orphan, intake);
        }
    }

    private void readUpTo(TopicPartition partition, long next) {
        PartitionIntake<K, V> intake = assignment.intake(partition);
        if (intake != null) {
            intake.readUpTo(next);
        }
    }

    @SuppressWarnings("NullAway") // The poison handler is told to expect null where there is nothing to show.
    private static <K, V> ConsumerRecord<K, V> withoutContent(RecordDeserializationException unreadable) {
        return new ConsumerRecord<>(
                unreadable.topicPartition().topic(),
                unreadable.topicPartition().partition(),
                unreadable.offset(),
                unreadable.timestamp(),
                unreadable.timestampType(),
                unreadable.keyBuffer() == null ? -1 : unreadable.keyBuffer().remaining(),
                unreadable.valueBuffer() == null ? -1 : unreadable.valueBuffer().remaining(),
                null,
                null,
                unreadable.headers(),
                Optional.empty());
    }

    /**
     * Starts nothing from now on. Where the next owner can find out how a run ended, the partitions go to it at once;
     * otherwise they stay until what runs has ended, and {@link #doWork} has to go on.
     */
    public void stopIntake() {
        stopping = true;
        assignment.intakes().forEach(PartitionIntake::dropHeld);
        if (settings.handOverLease().isPresent()) {
            try {
                consumer.unsubscribe();
            } catch (KafkaException failure) {
                log.warn("{}: leaving the group failed; Kafka will notice by itself", settings.name(), failure);
            }
            left = true;
        }
    }

    /** Commits what is finished and leaves the group. */
    public void close() {
        takeEnded();
        leave(List.copyOf(assignment.intakes()));
        try {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        } catch (KafkaException failure) {
            log.warn("{}: closing the consumer failed; Kafka will notice by itself", settings.name(), failure);
        }
        assigned = false;
        metrics.close();
    }

    private void leave(List<PartitionIntake<K, V>> intakes) {
        Optional<Duration> lease = settings.handOverLease().map(whole -> stopping ? settings.stopLease() : whole);
        commits.commitNow(intakes, lease.map(clock.instant()::plus));
        assignment.remove(intakes.stream().map(PartitionIntake::partition).toList());
        assigned = assignment.size() > 0;
    }

    /** Called by the consumer, within {@link Consumer#poll}, {@link Consumer#unsubscribe} and close. */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.info("{}: assigned {}", settings.name(), partitions);
            assignment.add(partitions, ticker.getAsLong());
            assigned = assignment.size() > 0;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            log.info("{}: revoked {}", settings.name(), partitions);
            takeEnded();
            leave(assignment.intakes(partitions));
            assignment.remove(partitions);
            assigned = assignment.size() > 0;
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            takeEnded();
            // Closing after an unsubscribe, the KIP-848 consumer reports as lost what was revoked before.
            if (!assignment.intakes(partitions).isEmpty()) {
                log.warn("{}: lost {}; what runs of them may run again elsewhere", settings.name(), partitions);
            }
            assignment.remove(partitions);
            assigned = assignment.size() > 0;
        }
    }
}
