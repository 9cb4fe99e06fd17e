package io.genapi.runtime.config;

import java.net.URI;
import java.util.function.Supplier;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Where this process' HTTP endpoints are, known from the moment that the web server has its port. */
public final class ServerAddress implements ApplicationListener<WebServerInitializedEvent>, Supplier<URI> {

    private final String host;
    private final String advertised;
    private volatile int port;

    ServerAddress(Environment environment) {
        this.host = environment.getProperty("server.address", "127.0.0.1");
        this.advertised = environment.getProperty("genapi.advertised-url", "");
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    @Override
    public URI get() {
        return URI.create(advertised.isEmpty() ? "http://" + host + ":" + port : advertised);
    }
}
