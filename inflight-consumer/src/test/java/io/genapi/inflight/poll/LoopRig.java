package io.genapi.inflight.poll;

import io.genapi.inflight.lane.Lane;
import io.genapi.inflight.offset.DecodedMetadata;
import io.genapi.inflight.offset.MetadataBudget;
import io.genapi.inflight.offset.OffsetMapCodec;
import io.genapi.inflight.offset.Progress;
import io.genapi.inflight.run.Attempts;
import io.genapi.inflight.run.RetryPolicy;
import io.genapi.inflight.run.UndecidedException;
import io.genapi.inflight.run.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A loop over Kafka's mock consumer whose time and whose records' ends are the test's. Steps on the test's thread. */
final class LoopRig {

    static final String TOPIC = "jobs";

    final CommittingConsumer kafka = new CommittingConsumer();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    /** The offsets that started, in that order. */
    final List<Long> started = new ArrayList<>();

    /** The sizes of the values of those that ended, in that order. */
    final List<Long> sizesRun = new ArrayList<>();

    final List<Long> askedAfterHandOver = new ArrayList<>();

    final List<Long> poisoned = new ArrayList<>();

    /** None at first, so that nothing is known of any topic. */
    Map<String, Uuid> topicIds = Map.of();

    /** What former owners were asked for. */
    final List<Set<TopicPartition>> claims = new ArrayList<>();

    /** What they say that they have in hand. */
    Supplier<Map<TopicPartition, Set<Long>>> inHandElsewhere = Map::of;

    /** Whether none of them keeps silent. */
    boolean everybodySays = true;

    /** Whether they answer when they are asked. */
    boolean formerOwnersAnswer = true;

    private final Deque<Runnable> unansweredClaims = new ArrayDeque<>();

    /** What the check for handed-over records says yes to. */
    final Set<Long> doneElsewhere = new HashSet<>();

    /** What the check for handed-over records cannot tell yet. */
    final Set<Long> undecided = new HashSet<>();

    /** What the work says of a record; done, where it says nothing. By offset. */
    final Map<Long, Verdict> verdicts = new HashMap<>();

    /** What a record takes beside its own bytes while it runs. By offset. */
    final Map<Long, Long> bytesBeside = new HashMap<>();

    final List<Duration> slept = new ArrayList<>();

    private final Map<Long, Runnable> running = new HashMap<>();
    private final Deque<Runnable> launched = new ArrayDeque<>();
    private final PollLoop<String, String> loop;
    private Instant now = Instant.EPOCH;

    LoopRig(int maxInFlight, int perPartition, Optional<Duration> lease) {
        this(maxInFlight, perPartition, 1_000, lease);
    }

    LoopRig(int maxInFlight, int perPartition, int maxWaiting, Optional<Duration> lease) {
        this(List.of(Lane.of("jobs", 0, TOPIC)), maxInFlight, perPartition, maxWaiting, Long.MAX_VALUE, lease);
    }

    LoopRig(List<Lane> lanes, int maxInFlight, int perPartition, long maxBytes, Optional<Duration> lease) {
        this(lanes, maxInFlight, perPartition, 1_000, maxBytes, lease);
    }

    private LoopRig(
            List<Lane> lanes,
            int maxInFlight,
            int perPartition,
            int maxWaiting,
            long maxBytes,
            Optional<Duration> lease) {
        PollSettings settings = new PollSettings(
                "rig",
                lanes,
                maxInFlight,
                perPartition,
                maxWaiting,
                maxBytes,
                new MetadataBudget(4_096),
                Duration.ofMillis(100),
                lease,
                lease.orElse(Duration.ZERO),
                Duration.ofMinutes(1));
        Attempts<ConsumerRecord<String, String>> attempts = new Attempts<>(
                (record, cause) -> poisoned.add(record.offset()),
                new RetryPolicy(1, Duration.ZERO, Duration.ZERO),
                duration -> {},
                () -> 0L,
                () -> false);
        loop = new PollLoop<>(
                kafka,
                settings,
                launched::add,
                attempts,
                new Treatment<>(
                        this::work,
                        Optional.of(this::alreadyDone),
                        this::orderingKey,
                        record -> bytesBeside.getOrDefault(record.offset(), 0L)),
                topics -> CompletableFuture.completedFuture(topicIds),
                Optional.of(this::claim),
                () -> now,
                () -> Duration.between(Instant.EPOCH, now).toNanos(),
                slept::add,
                metrics);
        loop.subscribe();
    }

    private FormerOwners.InHand claim(Set<TopicPartition> partitions) {
        claims.add(partitions);
        return new FormerOwners.InHand(inHandElsewhere.get(), everybodySays);
    }

    private Verdict work(ConsumerRecord<String, String> record) {
        sizesRun.add((long) record.serializedValueSize());
        return verdicts.getOrDefault(record.offset(), Verdict.done());
    }

    private boolean alreadyDone(ConsumerRecord<String, String> record) throws UndecidedException {
        askedAfterHandOver.add(record.offset());
        if (undecided.contains(record.offset())) {
            throw new UndecidedException(Duration.ofSeconds(1));
        }
        return doneElsewhere.contains(record.offset());
    }

    /** What starts with a small letter or is empty means no order. */
    private @Nullable Object orderingKey(ConsumerRecord<String, String> record) {
        if (record.key().equals("!")) {
            throw new IllegalStateException("no key to be told");
        }
        return record.key().isEmpty() || Character.isLowerCase(record.key().charAt(0)) ? null : record.key();
    }

    static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }

    void assign(int... partitions) {
        assign(Arrays.stream(partitions).mapToObj(LoopRig::partition).toList());
    }

    void assign(List<TopicPartition> assigned) {
        for (TopicPartition partition : assigned) {
            kafka.updateBeginningOffsets(Map.of(partition, 0L));
            kafka.updateEndOffsets(Map.of(partition, 0L));
        }
        kafka.schedulePollTask(() -> kafka.rebalance(assigned));
        step();
    }

    void write(int partition, long... offsets) {
        for (long offset : offsets) {
            kafka.addRecord(new ConsumerRecord<>(TOPIC, partition, offset, "key", "value"));
        }
    }

    /** Records of that ordering key. */
    void write(String key, long... offsets) {
        for (long offset : offsets) {
            kafka.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, "value"));
        }
    }

    /** Records of that many bytes. */
    void write(TopicPartition partition, int bytes, long... offsets) {
        for (long offset : offsets) {
            kafka.addRecord(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    0,
                    TimestampType.CREATE_TIME,
                    0,
                    bytes,
                    "",
                    "value",
                    new RecordHeaders(),
                    Optional.empty()));
        }
    }

    /** Two turns, so that what the first one reads and resumes shows its effect. */
    void step() {
        turn();
        turn();
    }

    void turn() {
        try {
            loop.doWork();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        for (Runnable task = launched.poll(); task != null; task = launched.poll()) {
            if (task instanceof Runs.Run<?, ?> run) {
                running.put((long) started.size(), run);
                started.add(run.running().offset());
            } else if (task instanceof Claims.Question && !formerOwnersAnswer) {
                unansweredClaims.add(task);
            } else {
                // A question about a handed-over record, which is answered at once.
                task.run();
            }
        }
    }

    /** The answers that former owners still owe. */
    void formerOwnersAnswer() {
        formerOwnersAnswer = true;
        unansweredClaims.forEach(Runnable::run);
        unansweredClaims.clear();
    }

    Map<TopicPartition, Set<Long>> cede(int... partitions) {
        return loop.cede(Arrays.stream(partitions).mapToObj(LoopRig::partition).toList());
    }

    /** Ends the nth record that was started, counting from 0. */
    void finish(long... nth) {
        for (long number : nth) {
            Runnable task = running.remove(number);
            if (task == null) {
                throw new IllegalStateException("start number " + number + " is not running: " + running.keySet());
            }
            task.run();
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lets the commit interval pass and takes two turns. */
    void stepAndCommit() {
        pass(Duration.ofMillis(100));
        step();
    }

    void stopIntake() {
        loop.stopIntake();
    }

    void close() {
        loop.close();
    }

    int inFlight() {
        return loop.inFlight();
    }

    static Progress progress(OffsetAndMetadata commit) {
        return switch (OffsetMapCodec.decode(commit.offset(), TopicMark.strip(commit.metadata()))) {
            case DecodedMetadata.Known(Progress progress) -> progress;
            case DecodedMetadata.Absent() -> Progress.upTo(commit.offset());
            case DecodedMetadata.Unreadable(String reason) -> throw new AssertionError(reason);
        };
    }

    /** Keeps every commit that Kafka was sent, and answers the asynchronous ones when the test says so. */
    static final class CommittingConsumer extends MockConsumer<String, String> {

        final List<Map<TopicPartition, OffsetAndMetadata>> commits = new ArrayList<>();

        /** The mock itself forgets the commits of partitions that are not assigned. */
        private final Map<TopicPartition, OffsetAndMetadata> stored = new HashMap<>();

        boolean answers = true;
        Optional<Exception> commitFailure = Optional.empty();
        private Optional<Runnable> unanswered = Optional.empty();

        CommittingConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            commits.add(offsets);
            Optional<Exception> failure = commitFailure;
            Runnable answer = () -> {
                if (failure.isPresent()) {
                    callback.onComplete(offsets, failure.get());
                } else {
                    stored.putAll(offsets);
                    callback.onComplete(offsets, null);
                }
            };
            if (answers) {
                schedulePollTask(answer);
            } else {
                unanswered = Optional.of(answer);
            }
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commits.add(offsets);
            stored.putAll(offsets);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(stored);
            known.keySet().retainAll(partitions);
            return known;
        }

        void answer() {
            unanswered.orElseThrow().run();
            unanswered = Optional.empty();
        }

        OffsetAndMetadata committed(int partition) {
            return Objects.requireNonNull(stored.get(partition(partition)));
        }

        Collection<Integer> pausedPartitions() {
            return paused().stream().map(TopicPartition::partition).sorted().toList();
        }
    }
}
