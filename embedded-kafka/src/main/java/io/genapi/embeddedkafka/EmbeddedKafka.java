package io.genapi.embeddedkafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One running broker and controller in this JVM. Its data outlive it: started again on the same directory, it goes on
 * where it stopped, also after a crash. Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** All nodes of a cluster must agree on its id; ours never meet another cluster. */
    private static final String CLUSTER_ID = "Z2VuYXBpLWJyb2tlcjAwMA";

    private final KafkaNode node;
    private final KafkaRaftServer server;

    private EmbeddedKafka(KafkaNode node, KafkaRaftServer server) {
        this.node = node;
        this.server = server;
    }

    /** A single broker on free ports, its data in {@code dataDirectory}: what a test wants. */
    public static EmbeddedKafka start(Path dataDirectory) {
        return start(KafkaNode.single(dataDirectory, freePort(), freePort()));
    }

    /**
     * Formats the data directory if that was never done, starts the node and returns when it serves clients.
     *
     * @throws KafkaStartException if a port is taken, the directory cannot be written, or it is another cluster's
     */
    public static EmbeddedKafka start(KafkaNode node) {
        return start(node, Map.of());
    }

    /**
     * The same with other settings than the node's own, as {@code server.properties} names them.
     *
     * @throws KafkaStartException also if Kafka refuses a setting
     */
    public static EmbeddedKafka start(KafkaNode node, Map<String, String> settings) {
        try {
            Files.createDirectories(node.dataDirectory());
            format(node);
            Properties properties = node.properties();
            properties.putAll(settings);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(node, server);
        } catch (Exception failure) {
            throw new KafkaStartException(node, failure);
        }
    }

    private static void format(KafkaNode node) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(node.nodeId())
                .setClusterId(CLUSTER_ID)
                .setDirectories(List.of(node.dataDirectory().toAbsolutePath().toString()))
                .setMetadataLogDirectory(node.dataDirectory().toAbsolutePath().toString())
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .run();
    }

    public String bootstrapServers() {
        return node.bootstrapServers();
    }

    /** Blocks until {@link #close()} was called and the node has stopped. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    /** Stops the node in good order and returns when it has stopped. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** A loopback port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException("no free loopback port", failure);
        }
    }
}
