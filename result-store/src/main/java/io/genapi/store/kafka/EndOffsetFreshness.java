package io.genapi.store.kafka;

import io.genapi.store.query.Freshness;
import io.genapi.store.topology.ConsumptionProgress;
import io.genapi.store.topology.StoreTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka where partitions' inputs end, and waits until the topology has come that far. */
public final class EndOffsetFreshness implements Freshness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndOffsetFreshness.class);

    private final Admin admin;
    private final StoreTopology topology;
    private final ConsumptionProgress progress;
    private final LongSupplier nanos;

    /**
     * @param admin the freshness' own from here on
     * @param nanos a ticker
     */
    public EndOffsetFreshness(Admin admin, StoreTopology topology, ConsumptionProgress progress, LongSupplier nanos) {
        this.admin = admin;
        this.topology = topology;
        this.progress = progress;
        this.nanos = nanos;
    }

    @Override
    public Set<Integer> awaitCaughtUp(Set<Integer> partitions, Duration patience) throws InterruptedException {
        long deadline = nanos.getAsLong() + patience.toNanos();
        Map<TopicPartition, Long> ends = ends(partitions, deadline);
        Set<TopicPartition> processed = progress.awaitProcessed(ends, left(deadline));
        return partitions.stream()
                .filter(partition -> processed.containsAll(topology.inputs(partition)))
                .collect(Collectors.toSet());
    }

    /** Those that Kafka tells in time: one whose leader is gone holds up no other. */
    private Map<TopicPartition, Long> ends(Set<Integer> partitions, long deadline) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        for (int partition : partitions) {
            topology.inputs(partition).forEach(input -> question.put(input, OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        ListOffsetsResult answer = admin.listOffsets(question);
        for (TopicPartition input : question.keySet()) {
            try {
                ends.put(
                        input,
                        answer.partitionResult(input)
                                .get(left(deadline).toNanos(), TimeUnit.NANOSECONDS)
                                .offset());
            } catch (ExecutionException | TimeoutException unanswered) {
                LOG.atDebug().setCause(unanswered).log("Kafka did not tell where {} ends", input);
            }
        }
        return ends;
    }

    private Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - nanos.getAsLong()));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
