package io.genapi.inflight.simulation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The logs, the group, and its commits, which it takes only from members of the current epoch. */
final class SimulatedBroker {

    private final Map<TopicPartition, SimulatedLog> logs = new LinkedHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> commits = new LinkedHashMap<>();
    private final SimulatedGroup group;
    private final History history;

    SimulatedBroker(List<TopicPartition> partitions, SimulatedGroup group, History history) {
        partitions.forEach(partition -> logs.put(partition, new SimulatedLog(partition)));
        this.group = group;
        this.history = history;
    }

    SimulatedGroup group() {
        return group;
    }

    Collection<SimulatedLog> logs() {
        return logs.values();
    }

    SimulatedLog log(TopicPartition partition) {
        return Objects.requireNonNull(logs.get(partition));
    }

    Optional<OffsetAndMetadata> committed(TopicPartition partition) {
        return Optional.ofNullable(commits.get(partition));
    }

    /** Why the commit was not taken, if it was not. */
    Optional<KafkaException> commit(String member, int epoch, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!group.accepts(member, epoch)) {
            return Optional.of(new CommitFailedException(member + " of epoch " + epoch + " is fenced"));
        }
        for (SimulatedLog log : logs.values()) {
            OffsetAndMetadata commit = offsets.get(log.partition());
            if (commit != null) {
                history.committed(log, member, committed(log.partition()), commit);
                commits.put(log.partition(), commit);
            }
        }
        return Optional.empty();
    }
}
