package io.genapi.gateway.config;

import io.genapi.gateway.http.ConnectionWatchValve;
import io.genapi.gateway.http.EnvelopeErrorValve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tomcat, for many calls that wait and for clients that expect OpenAI's errors. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    /** Connections beside those of waiting calls: polls, probes, idle ones. */
    private static final int SPARE_CONNECTIONS = 2_000;

    /** The rest of a refused body that is read and dropped, so that its sender gets to read the refusal. */
    private static final int MAX_SWALLOWED_BYTES = 64 * 1024 * 1024;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(GatewaySettings settings) {
        return factory -> {
            factory.addConnectorCustomizers(connector -> tune(connector, settings));
            factory.addContextValves(new ConnectionWatchValve());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(EnvelopeErrorValve.class.getName());
                }
            });
        };
    }

    private static void tune(Connector connector, GatewaySettings settings) {
        connector.setProperty("maxConnections", Integer.toString(settings.maxWaitingCalls() + SPARE_CONNECTIONS));
        connector.setProperty("acceptCount", "1000");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("maxSwallowSize", Integer.toString(MAX_SWALLOWED_BYTES));
        // A client that asks before it sends gets its refusal before it sends.
        connector.setProperty("continueResponseTiming", "onRead");
    }
}
