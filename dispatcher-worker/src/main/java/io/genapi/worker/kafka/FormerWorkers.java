package io.genapi.worker.kafka;

import io.genapi.inflight.poll.FormerOwners;
import io.genapi.worker.intake.OtherWorkers;
import io.genapi.worker.intake.Partition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Claims a consumer's new partitions from the other workers. */
public final class FormerWorkers implements FormerOwners {

    private final OtherWorkers others;

    public FormerWorkers(OtherWorkers others) {
        this.others = others;
    }

    @Override
    public InHand claim(Set<TopicPartition> partitions) throws InterruptedException {
        OtherWorkers.InHand answer =
                others.claim(partitions.stream().map(FormerWorkers::ours).collect(Collectors.toSet()));
        Map<TopicPartition, Set<Long>> inHand = new HashMap<>();
        answer.offsets().forEach((partition, offsets) -> inHand.put(kafkas(partition), offsets));
        return new InHand(inHand, answer.everybodySaid());
    }

    static Collection<TopicPartition> kafkas(Collection<Partition> partitions) {
        return partitions.stream().map(FormerWorkers::kafkas).toList();
    }

    static TopicPartition kafkas(Partition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }

    static Partition ours(TopicPartition partition) {
        return new Partition(partition.topic(), partition.partition());
    }
}
