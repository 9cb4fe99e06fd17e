package io.genapi.chaos.process;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.patience.GivenUpException;
import io.genapi.embeddedkafka.EmbeddedKafka;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One service of the broker, or the simulator, as a process of its own. */
public final class ServiceProcess {

    private final Spawned process;
    private final URI address;
    private final Supplier<Spawned> again;

    private ServiceProcess(Supplier<Spawned> start, URI address) {
        this.process = start.get();
        this.address = address;
        this.again = start;
    }

    /** Starts a program on a free port; {@link #awaitReady()} tells when it serves. */
    public static ServiceProcess start(
            Installation installation,
            Program program,
            String name,
            Path directory,
            List<String> arguments,
            Map<String, String> environment) {
        int port = EmbeddedKafka.freePort();
        List<String> command = new ArrayList<>(installation.command(program));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(arguments);
        return new ServiceProcess(
                () -> Spawned.start(name, directory, command, environment), URI.create("http://127.0.0.1:" + port));
    }

    /**
     * Returns when the path answers with 200.
     *
     * @throws GivenUpException if the process ends before, or takes too long
     */
    public ServiceProcess awaitReady(String path) {
        Eventually.holds(process.name() + " is ready", () -> {
            if (!process.isAlive()) {
                throw new GivenUpException(process.name() + " ended: " + process.log());
            }
            return api().get(path).status() == 200;
        });
        return this;
    }

    /** Returns when a service is ready. */
    public ServiceProcess awaitReady() {
        return awaitReady("/health/ready");
    }

    /** Starts a program that ended with the same command line, on the same port. */
    public ServiceProcess startAgain() {
        return new ServiceProcess(again, address);
    }

    public URI address() {
        return address;
    }

    public Api api() {
        return new Api(address);
    }

    public String name() {
        return process.name();
    }

    public Spawned process() {
        return process;
    }
}
