package io.genapi.inflight.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A member's view of the broker, as Kafka's consumer has it under KIP-848: callbacks and answers come within its own
 * calls, a partition is fetched until it is given up, and positions are validated by leader epochs.
 */
final class SimulatedConsumer extends MockConsumer<String, String> {

    private record Position(long offset, Optional<Integer> precedingEpoch) {}

    private record Sent(int epoch, Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {}

    private final String process;
    private final World world;
    private final SimulatedBroker broker;
    private final SimulatedGroup group;
    private final int maxPollRecords;
    private final Map<TopicPartition, Position> positions = new LinkedHashMap<>();
    private final Set<TopicPartition> paused = new LinkedHashSet<>();
    private final Deque<Sent> sent = new ArrayDeque<>();
    private @Nullable ConsumerRebalanceListener listener;
    private boolean lastCommitLost;

    /** Calls until the process is killed within one. */
    private int callsToLive = Integer.MAX_VALUE;

    SimulatedConsumer(String process, World world, int maxPollRecords) {
        super("earliest");
        this.process = process;
        this.world = world;
        this.broker = world.broker;
        this.group = broker.group();
        this.maxPollRecords = maxPollRecords;
    }

    void killWithin(int calls) {
        callsToLive = calls;
    }

    /** What was on its way when the process died arrives or does not. */
    void killed() {
        while (!sent.isEmpty() && world.dice.percent(50)) {
            Sent next = sent.remove();
            broker.commit(process, next.epoch(), next.offsets());
        }
        sent.clear();
    }

    private void call() {
        if (--callsToLive <= 0) {
            throw new ProcessKilled();
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener given) {
        listener = given;
        group.join(process);
    }

    @Override
    public synchronized Set<TopicPartition> assignment() {
        return Set.copyOf(positions.keySet());
    }

    @Override
    public synchronized void pause(Collection<TopicPartition> partitions) {
        call();
        requireAssigned(partitions);
        paused.addAll(partitions);
    }

    @Override
    public synchronized void resume(Collection<TopicPartition> partitions) {
        requireAssigned(partitions);
        paused.removeAll(partitions);
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
        requireAssigned(List.of(partition));
        positions.put(partition, new Position(offset, Optional.empty()));
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata to) {
        requireAssigned(List.of(partition));
        positions.put(partition, new Position(to.offset(), to.leaderEpoch()));
    }

    private void requireAssigned(Collection<TopicPartition> partitions) {
        if (!positions.keySet().containsAll(partitions)) {
            throw new IllegalStateException("No current assignment for all of " + partitions);
        }
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout) {
        call();
        if (!group.knows(process)) {
            throw new UnknownMemberIdException("thrown out");
        }
        if (world.dice.percent(world.faults.restore())) {
            throw new TimeoutException("the commits could not be read in time");
        }
        Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();
        partitions.forEach(partition -> broker.committed(partition).ifPresent(commit -> known.put(partition, commit)));
        return known;
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        call();
        world.history.require(sent.isEmpty(), () -> process + " sends a commit while one is on its way");
        sent.add(new Sent(group.epoch(process), offsets, callback));
    }

    private void answer(Sent commit) {
        Faults faults = world.faults;
        Optional<KafkaException> failure = world.dice.percent(faults.refused())
                ? Optional.of(new RetriableCommitFailedException("the coordinator is loading"))
                : broker.commit(process, commit.epoch(), commit.offsets());
        if (failure.isEmpty() && world.dice.percent(faults.unanswered())) {
            failure = Optional.of(new RetriableCommitFailedException("the answer is lost"));
        }
        failure.ifPresent(why -> world.trace.add("    " + process + " commit failed: " + why.getMessage()));
        commit.callback().onComplete(commit.offsets(), failure.orElse(null));
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        call();
        lastCommitLost = false;
        if (world.dice.percent(world.faults.lastCommit())) {
            lastCommitLost = true;
            world.trace.add("    " + process + " last commit times out");
            throw new TimeoutException("the coordinator is away");
        }
        while (!sent.isEmpty()) {
            answer(sent.remove());
        }
        Optional<KafkaException> failure = broker.commit(process, group.epoch(process), offsets);
        if (failure.isPresent()) {
            lastCommitLost = true;
            throw failure.get();
        }
        call();
        if (world.dice.percent(world.faults.unanswered())) {
            throw new TimeoutException("the answer is lost");
        }
    }

    @Override
    public synchronized ConsumerRecords<String, String> poll(Duration timeout) {
        call();
        lastCommitLost = false;
        if (!sent.isEmpty() && !world.dice.percent(world.faults.delay())) {
            answer(sent.remove());
        }
        if (world.dice.percent(world.faults.poll())) {
            throw new DisconnectException("the broker is away");
        }
        rejoinIfThrownOut();
        giveUp(some(group.toGiveUp(process)));
        take(some(group.toTake(process)));
        return fetch();
    }

    /** Partitions often move one by one. */
    private List<TopicPartition> some(List<TopicPartition> partitions) {
        return partitions.size() > 1 && world.dice.percent(70) ? List.of(world.dice.oneOf(partitions)) : partitions;
    }

    private void rejoinIfThrownOut() {
        if (group.knows(process)) {
            return;
        }
        if (!positions.isEmpty()) {
            List<TopicPartition> lost = List.copyOf(positions.keySet());
            forget(lost);
            listener().onPartitionsLost(lost);
        }
        group.join(process);
    }

    private void giveUp(List<TopicPartition> partitions) {
        List<TopicPartition> owned =
                partitions.stream().filter(positions::containsKey).toList();
        if (owned.isEmpty()) {
            return;
        }
        listener().onPartitionsRevoked(owned);
        call();
        forget(owned);
        // One that was thrown out and leaves before it has noticed has nothing to give up any more.
        if (group.knows(process)) {
            group.gaveUp(process, owned);
            world.history.gaveUp(process, owned, lastEnd(), broker);
        }
    }

    private Tenure.End lastEnd() {
        return lastCommitLost ? Tenure.End.LAST_COMMIT_LOST : Tenure.End.IN_GOOD_ORDER;
    }

    private void take(List<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        for (TopicPartition partition : partitions) {
            positions.put(
                    partition,
                    broker.committed(partition)
                            .map(commit -> new Position(commit.offset(), commit.leaderEpoch()))
                            .orElse(new Position(broker.log(partition).start(), Optional.empty())));
        }
        group.took(process, partitions);
        world.history.took(process, partitions);
        listener().onPartitionsAssigned(partitions);
        call();
    }

    private void forget(List<TopicPartition> partitions) {
        positions.keySet().removeAll(partitions);
        paused.removeAll(partitions);
    }

    private ConsumerRecords<String, String> fetch() {
        Map<TopicPartition, List<ConsumerRecord<String, String>>> records = new LinkedHashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
        List<TopicPartition> order = new ArrayList<>(positions.keySet());
        int room = maxPollRecords;
        while (!order.isEmpty() && room > 0) {
            TopicPartition partition = order.remove(world.dice.below(order.size()));
            if (!paused.contains(partition)) {
                List<ConsumerRecord<String, String>> read = fetch(partition, room, records.isEmpty());
                Position reached = Objects.requireNonNull(positions.get(partition));
                next.put(partition, new OffsetAndMetadata(reached.offset(), reached.precedingEpoch(), ""));
                if (!read.isEmpty()) {
                    records.put(partition, read);
                    room -= read.size();
                }
            }
        }
        return new ConsumerRecords<>(records, next);
    }

    private List<ConsumerRecord<String, String>> fetch(TopicPartition partition, int room, boolean first) {
        SimulatedLog log = broker.log(partition);
        Position position = Objects.requireNonNull(positions.get(partition));
        long at = log.validated(position.offset(), position.precedingEpoch());
        Optional<Integer> epoch = at == position.offset() ? position.precedingEpoch() : log.epochBefore(at);
        List<ConsumerRecord<String, String>> read = new ArrayList<>();
        for (Optional<Entry> found = log.from(at); found.isPresent() && read.size() < room; found = log.from(at)) {
            Entry entry = found.get();
            if (!entry.readable()) {
                if (first && read.isEmpty()) {
                    positions.put(partition, new Position(at, epoch));
                    throw unreadable(entry);
                }
                break;
            }
            read.add(entry.toRecord());
            at = entry.offset() + 1;
            epoch = Optional.of(entry.epoch());
        }
        if (log.from(at).isEmpty() && at < log.end() && world.dice.percent(50)) {
            at = log.end();
            epoch = log.epochBefore(at);
        }
        positions.put(partition, new Position(at, epoch));
        return read;
    }

    private static RecordDeserializationException unreadable(Entry entry) {
        return new RecordDeserializationException(
                RecordDeserializationException.DeserializationExceptionOrigin.VALUE,
                entry.partition(),
                entry.offset(),
                entry.id(),
                TimestampType.CREATE_TIME,
                null,
                ByteBuffer.allocate(entry.bytes()),
                new RecordHeaders(),
                "not what it should be",
                new IllegalArgumentException("damaged"));
    }

    @Override
    public synchronized void unsubscribe() {
        leave();
    }

    @Override
    public void close(CloseOptions options) {
        leave();
        super.close(options);
    }

    private void leave() {
        if (listener == null) {
            return;
        }
        giveUp(List.copyOf(positions.keySet()));
        group.remove(process);
        listener = null;
    }

    private ConsumerRebalanceListener listener() {
        return Objects.requireNonNull(listener, "not subscribed");
    }
}
