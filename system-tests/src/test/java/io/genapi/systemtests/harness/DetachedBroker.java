package io.genapi.systemtests.harness;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.vendor.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A broker that {@code ./genapi up --detach} left running, as its data directory tells. */
public final class DetachedBroker implements AutoCloseable {

    private static final Pattern SIMULATOR = Pattern.compile("Vendor simulator +(http://[0-9.:]+)");
    private static final Queue<DetachedBroker> ALL = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ALL.forEach(DetachedBroker::close), "detached-brokers-reaper"));
    }

    private final Path data;
    private final JsonNode state;

    private DetachedBroker(Path data, JsonNode state) {
        this.data = data;
        this.state = state;
    }

    /** @throws IllegalStateException if none was started on the directory */
    public static DetachedBroker on(Path data) {
        try {
            DetachedBroker broker = new DetachedBroker(
                    data, JsonMapper.shared().readTree(Files.readAllBytes(data.resolve("standalone.json"))));
            ALL.add(broker);
            return broker;
        } catch (IOException absent) {
            throw new IllegalStateException("no broker left its state in " + data, absent);
        }
    }

    public URI address() {
        return URI.create(state.path("gateway").asString());
    }

    public Api api() {
        return new Api(address());
    }

    public String bootstrapServers() {
        return state.path("kafka").asString();
    }

    public Simulator simulator() {
        Matcher matcher = SIMULATOR.matcher(log());
        if (!matcher.find()) {
            throw new IllegalStateException("the broker's log names no simulator: " + log());
        }
        return new Simulator(URI.create(matcher.group(1)));
    }

    public String log() {
        try {
            return new String(Files.readAllBytes(data.resolve("up.log")), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean isAlive() {
        return process().isPresent();
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(state.path("pid").asLong()).filter(ProcessHandle::isAlive);
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() {
        process().ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** What a test that failed shows of it. */
    String describe() {
        String log = Files.exists(data) ? log() : "its disk is gone";
        return "---- broker on %s, %s:%n%s%n".formatted(data, isAlive() ? "alive" : "ended", log);
    }

    static String report() {
        StringBuilder report = new StringBuilder();
        ALL.forEach(broker -> report.append(broker.describe()));
        return report.toString();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process().ifPresent(ProcessHandle::destroyForcibly);
    }
}
