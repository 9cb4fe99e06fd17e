package io.genapi.runtime.service;

import java.util.List;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that runs in this JVM. */
public final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final List<Phased> phases;

    RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        this.phases = List.copyOf(context.getBeansOfType(Phased.class).values());
    }

    /** The port that its HTTP endpoints got. */
    public int port() {
        return context instanceof ServletWebServerApplicationContext web && web.getWebServer() != null
                ? web.getWebServer().getPort()
                : -1;
    }

    /** A part of the service, for tests and for a process that hosts several. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /**
     * Stops it in good order.
     *
     * @throws RuntimeException if one of its parts could not stop so; the others have stopped all the same
     */
    @Override
    public void close() {
        context.close();
        List<RuntimeException> failures =
                phases.stream().flatMap(phase -> phase.failure().stream()).toList();
        if (!failures.isEmpty()) {
            failures.stream().skip(1).forEach(failures.getFirst()::addSuppressed);
            throw failures.getFirst();
        }
    }
}
