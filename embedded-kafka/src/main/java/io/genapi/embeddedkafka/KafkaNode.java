package io.genapi.embeddedkafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Where one combined broker and controller lives, and who its peers are.
 *
 * <p>Everything listens on loopback. The settings below the addresses are those of a broker that serves one machine:
 * few internal partitions, so that it starts in seconds, and short group sessions, so that the work of a process that
 * was killed moves on soon (<a href="https://cwiki.apache.org/confluence/x/9RDiD">KIP-848</a> makes heartbeats cheap).
 * Where there are several nodes, a group's coordinator can move, which takes up to some 9 s; sessions are longer there, so
 * that no member which lives is thrown out meanwhile.
 *
 * @param nodeId unique in the cluster, at least 1
 * @param dataDirectory kept between runs; created where absent
 * @param brokerPort for clients
 * @param controllerPorts node id to controller port, of every node in the cluster, this one included
 */
public record KafkaNode(int nodeId, Path dataDirectory, int brokerPort, Map<Integer, Integer> controllerPorts) {

    /** The largest record a topic may hold, in bytes: a 10 MiB body, its headers and some room. */
    public static final int MAX_MESSAGE_BYTES = 12 * 1024 * 1024;

    private static final String LOOPBACK = "127.0.0.1";

    public KafkaNode {
        controllerPorts = Map.copyOf(controllerPorts);
        if (!controllerPorts.containsKey(nodeId)) {
            throw new IllegalArgumentException(
                    "controllerPorts " + controllerPorts + " has no port for this node, id " + nodeId);
        }
    }

    /** The only node of its cluster. */
    public static KafkaNode single(Path dataDirectory, int brokerPort, int controllerPort) {
        return new KafkaNode(1, dataDirectory, brokerPort, Map.of(1, controllerPort));
    }

    public String bootstrapServers() {
        return LOOPBACK + ":" + brokerPort;
    }

    /** The broker's {@code server.properties}. */
    Properties properties() {
        int replicas = Math.min(3, controllerPorts.size());
        int inSync = Math.max(1, replicas - 1);
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "node.id",
                Integer.toString(nodeId),
                "process.roles",
                "broker,controller",
                "log.dirs",
                dataDirectory.toAbsolutePath().toString(),
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
                        .formatted(LOOPBACK, brokerPort, LOOPBACK, controllerPorts.get(nodeId)),
                "advertised.listeners",
                "PLAINTEXT://" + bootstrapServers(),
                "controller.listener.names",
                "CONTROLLER",
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters",
                quorumVoters()));
        properties.putAll(Map.of(
                "message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES),
                "replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES),
                "default.replication.factor", Integer.toString(replicas),
                "min.insync.replicas", Integer.toString(inSync),
                "offsets.topic.replication.factor", Integer.toString(replicas),
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", Integer.toString(replicas),
                "transaction.state.log.min.isr", Integer.toString(inSync),
                "transaction.state.log.num.partitions", "4"));
        properties.putAll(Map.of(
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "group.consumer.min.session.timeout.ms", "1000",
                "group.consumer.session.timeout.ms", controllerPorts.size() == 1 ? "3000" : "10000",
                "group.consumer.min.heartbeat.interval.ms", "250",
                "group.consumer.heartbeat.interval.ms", "500"));
        return properties;
    }

    private String quorumVoters() {
        return controllerPorts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(node -> node.getKey() + "@" + LOOPBACK + ":" + node.getValue())
                .collect(Collectors.joining(","));
    }

    /** The {@code bootstrap.servers} value for several nodes. */
    public static String bootstrapServers(List<KafkaNode> nodes) {
        return nodes.stream().map(KafkaNode::bootstrapServers).collect(Collectors.joining(","));
    }
}
