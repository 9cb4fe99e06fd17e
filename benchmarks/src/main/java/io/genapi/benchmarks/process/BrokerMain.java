package io.genapi.benchmarks.process;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.embeddedkafka.KafkaNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** The Kafka broker, as a process: {@code BrokerMain DATA_DIRECTORY}. Tells its address in one line. */
public final class BrokerMain {

    /**
     * What share groups need on a cluster of one, and their limits as high as Kafka 4.3 lets them be: no lock ends while
     * a job runs, so that no renewal is needed, and no partition runs out of locks.
     */
    private static final Map<String, String> SHARE_GROUPS = Map.of(
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "4",
            "group.share.partition.max.record.locks", "10000",
            "group.share.max.partition.max.record.locks", "10000",
            "group.share.record.lock.duration.ms", "3600000",
            "group.share.max.record.lock.duration.ms", "3600000",
            "group.share.min.heartbeat.interval.ms", "500",
            "group.share.heartbeat.interval.ms", "500",
            "group.share.max.size", "1000");

    private BrokerMain() {}

    public static void main(String[] arguments) {
        PrintStream toParent = ParentLink.open();
        KafkaNode node = KafkaNode.single(Path.of(arguments[0]), EmbeddedKafka.freePort(), EmbeddedKafka.freePort());
        EmbeddedKafka kafka = EmbeddedKafka.start(node, SHARE_GROUPS);
        toParent.println(kafka.bootstrapServers());
        kafka.awaitShutdown();
    }
}
