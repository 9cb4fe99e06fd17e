package io.genapi.systemtests.harness;

import io.genapi.embeddedkafka.EmbeddedKafka;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One service of the broker, or the simulator, as a process of its own. */
public final class ServiceProcess {

    private final Spawned process;
    private final URI address;

    private ServiceProcess(Spawned process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a module's jar on a free port; {@link #awaitReady()} tells when it serves. */
    static ServiceProcess start(
            String module,
            String name,
            Path directory,
            int heapMegabytes,
            List<String> arguments,
            Map<String, String> environment) {
        int port = EmbeddedKafka.freePort();
        List<String> command = new ArrayList<>(Checkout.java(heapMegabytes));
        command.addAll(List.of("-jar", Checkout.jar(module).toString(), "--port", Integer.toString(port)));
        command.addAll(arguments);
        return new ServiceProcess(
                Spawned.start(name, directory, command, environment), URI.create("http://127.0.0.1:" + port));
    }

    ServiceProcess awaitReady(String path) {
        Eventually.holds(process.name() + " is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError(process.name() + " ended: " + process.log());
            }
            return api().get(path).status() == 200;
        });
        return this;
    }

    ServiceProcess awaitReady() {
        return awaitReady("/health/ready");
    }

    public URI address() {
        return address;
    }

    public Api api() {
        return new Api(address);
    }

    public Spawned process() {
        return process;
    }
}
