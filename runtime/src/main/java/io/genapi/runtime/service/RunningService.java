package io.genapi.runtime.service;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that runs in this JVM. */
public final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    RunningService(ConfigurableApplicationContext context) {
        this.context = context;
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

    /** Stops it in good order. */
    @Override
    public void close() {
        context.close();
    }
}
