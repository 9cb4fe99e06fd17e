package io.genapi.chaos.kafka;

import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.chaos.process.Installation;
import io.genapi.chaos.process.Program;
import io.genapi.chaos.process.Spawned;
import io.genapi.embeddedkafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real brokers, each a process of its own, on loopback. */
public final class KafkaCluster {

    private final Installation installation;
    private final Path directory;
    private final List<Integer> brokerPorts;
    private final List<Integer> controllerPorts;
    private final List<Spawned> nodes = new ArrayList<>();
    private int starts;

    /** @param directory of its data and logs */
    public KafkaCluster(Installation installation, Path directory, int size) {
        this.installation = installation;
        this.directory = directory;
        this.brokerPorts = ports(size);
        this.controllerPorts = ports(size);
    }

    private static List<Integer> ports(int count) {
        return IntStream.range(0, count).mapToObj(_ -> EmbeddedKafka.freePort()).toList();
    }

    public String bootstrapServers() {
        return brokerPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** Starts all nodes, on the data that an earlier start left, and returns when they serve. */
    public void start() {
        nodes.clear();
        for (int node = 0; node < brokerPorts.size(); node++) {
            nodes.add(startNode(node));
        }
        nodes.forEach(KafkaCluster::awaitServing);
    }

    /** Starts a node that ended, on the data that it left, and returns when it serves. */
    public void restart(int index) {
        nodes.set(index, startNode(index));
        awaitServing(nodes.get(index));
    }

    private Spawned startNode(int index) {
        int id = index + 1;
        List<String> command = new ArrayList<>(installation.command(Program.KAFKA));
        command.addAll(List.of(
                Integer.toString(id),
                directory.resolve("kafka-" + id).toString(),
                Integer.toString(brokerPorts.get(index))));
        for (int peer = 0; peer < controllerPorts.size(); peer++) {
            command.add((peer + 1) + "=" + controllerPorts.get(peer));
        }
        starts++;
        return Spawned.start("kafka-" + id + "-start-" + starts, directory, command, Map.of());
    }

    private static void awaitServing(Spawned node) {
        Eventually.holds(node.name() + " serves", () -> {
            if (!node.isAlive()) {
                throw new GivenUpException(node.name() + " ended: " + node.log());
            }
            return node.log().contains(" serves ");
        });
    }

    /** Stops all nodes in good order; their data stay. */
    public void stop() {
        nodes.forEach(Spawned::terminate);
    }

    /** The nodes' processes, the living and the dead. */
    public List<Spawned> nodes() {
        return List.copyOf(nodes);
    }
}
