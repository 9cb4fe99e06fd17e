package io.genapi.systemtests.harness;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.vendor.Simulator;
import java.nio.file.Path;

/** A broker as {@code ./genapi up --detach} starts it; one for all tests that ask for it and do not stop it. */
public final class LocalBroker implements AutoCloseable {

    private final Path directory;
    private final Genapi genapi;
    private final DetachedBroker broker;
    private final RecordedLine line;

    LocalBroker() {
        directory = Checkout.emptyDirectory("local");
        genapi = new Genapi(directory);
        Path data = directory.resolve("data");
        Genapi.Outcome up = genapi.run(
                "up",
                "--detach",
                "--port",
                "0",
                "--kafka-port",
                "0",
                "--data",
                data.toString(),
                "--simulator-latency",
                "20ms");
        if (up.exitCode() != 0) {
            throw new AssertionError("./genapi up: " + up);
        }
        broker = DetachedBroker.on(data);
        line = new RecordedLine(broker.api().base());
    }

    public Path directory() {
        return directory;
    }

    public Path data() {
        return directory.resolve("data");
    }

    public Genapi genapi() {
        return genapi;
    }

    public Api api() {
        return broker.api();
    }

    /** To its gateway; a test fails over which something went that is not as the API's document says. */
    public RecordedLine line() {
        return line;
    }

    public Simulator simulator() {
        return broker.simulator();
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        line.close();
        broker.close();
    }
}
