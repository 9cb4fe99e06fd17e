package io.genapi.systemtests.harness;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Real brokers, each a process of its own, on loopback. */
public final class KafkaCluster {

    private static final int HEAP = 512;

    private final Path directory;
    private final List<Integer> brokerPorts;
    private final List<Integer> controllerPorts;
    private final List<Spawned> nodes = new ArrayList<>();
    private int starts;

    KafkaCluster(Path directory, int size) {
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
        starts++;
        for (int node = 0; node < brokerPorts.size(); node++) {
            nodes.add(startNode(node));
        }
        nodes.forEach(KafkaCluster::awaitServing);
    }

    private Spawned startNode(int index) {
        List<String> controllers = IntStream.range(0, controllerPorts.size())
                .mapToObj(peer -> (peer + 1) + "=" + controllerPorts.get(peer))
                .toList();
        int id = index + 1;
        List<String> command = Stream.of(
                        Checkout.java(HEAP),
                        List.of(
                                "-cp",
                                Checkout.jar("cli").toString(),
                                "io.genapi.embeddedkafka.EmbeddedKafkaMain",
                                "" + id,
                                directory.resolve("kafka-" + id).toString(),
                                "" + brokerPorts.get(index)),
                        controllers)
                .flatMap(List::stream)
                .toList();
        return Spawned.start("kafka-" + id + "-start-" + starts, directory, command, Map.of());
    }

    private static void awaitServing(Spawned node) {
        Eventually.holds(node.name() + " serves", () -> {
            if (!node.isAlive()) {
                throw new AssertionError(node.name() + " ended: " + node.log());
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
