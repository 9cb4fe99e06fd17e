package io.genapi.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker in a JVM of its own, fit for share groups too. */
public final class Broker implements AutoCloseable {

    private final ChildJvm process;
    private final String bootstrap;

    private Broker(ChildJvm process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
    }

    /** Returns when it serves. Its data lie below that directory. */
    public static Broker start(Path directory) throws IOException, InterruptedException {
        ChildJvm process = ChildJvm.start(
                "broker", BrokerMain.class, List.of(directory.resolve("kafka").toString()), directory);
        try {
            return new Broker(process, process.line());
        } catch (IOException | InterruptedException | RuntimeException failure) {
            process.close();
            throw failure;
        }
    }

    public String bootstrapServers() {
        return bootstrap;
    }

    @Override
    public void close() {
        process.close();
    }
}
