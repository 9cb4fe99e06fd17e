package io.genapi.embeddedkafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One node as a process of its own: {@code EmbeddedKafkaMain NODE_ID DATA_DIRECTORY BROKER_PORT ID=CONTROLLER_PORT...}.
 * Stops in good order on SIGTERM.
 */
public final class EmbeddedKafkaMain {

    private EmbeddedKafkaMain() {}

    public static void main(String[] arguments) {
        if (arguments.length < 4) {
            System.err.println("usage: EmbeddedKafkaMain NODE_ID DATA_DIRECTORY BROKER_PORT ID=CONTROLLER_PORT...");
            System.exit(2);
        }
        Map<Integer, Integer> controllerPorts = Stream.of(arguments)
                .skip(3)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> Integer.valueOf(pair[0]), pair -> Integer.valueOf(pair[1])));
        KafkaNode node = new KafkaNode(
                Integer.parseInt(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]), controllerPorts);
        EmbeddedKafka kafka = EmbeddedKafka.start(node);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            kafka.close();
                            // A JVM that a signal ends has the signal's exit code otherwise.
                            Runtime.getRuntime().halt(0);
                        },
                        "kafka-shutdown"));
        System.out.println("Kafka node " + node.nodeId() + " serves " + kafka.bootstrapServers());
        kafka.awaitShutdown();
    }
}
