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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
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
    public boolean awaitCaughtUp(Set<Integer> partitions, Duration patience) throws InterruptedException {
        long deadline = nanos.getAsLong() + patience.toNanos();
        try {
            Map<TopicPartition, Long> ends = ends(partitions, patience);
            return progress.awaitProcessed(ends, Duration.ofNanos(deadline - nanos.getAsLong()));
        } catch (ExecutionException | TimeoutException | KafkaException unanswered) {
            LOG.atDebug().setCause(unanswered).log("Kafka did not tell where its topics end");
            return false;
        }
    }

    private Map<TopicPartition, Long> ends(Set<Integer> partitions, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        for (int partition : partitions) {
            topology.inputs(partition).forEach(input -> question.put(input, OffsetSpec.latest()));
        }
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                admin.listOffsets(question).all().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer.forEach((input, end) -> ends.put(input, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
