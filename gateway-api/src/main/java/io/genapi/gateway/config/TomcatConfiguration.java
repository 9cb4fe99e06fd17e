package io.genapi.gateway.config;

import io.genapi.gateway.http.ConnectionWatchValve;
import io.genapi.gateway.http.EnvelopeErrorValve;
import io.genapi.gateway.http.ExchangeFilter;
import io.genapi.gateway.http.ImpatientProtocol;
import io.genapi.gateway.http.UnreadBodyValve;
import io.genapi.gateway.tenant.Doorkeeper;
import io.genapi.runtime.telemetry.Telemetry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Tomcat, for many calls that wait and for clients that expect OpenAI's errors. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    /** Connections beside those of waiting calls: polls, probes, idle ones. */
    private static final int SPARE_CONNECTIONS = 2_000;

    /** The longest between two bytes of a request. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** SDKs keep connections for about a minute; whoever closes first while the other one sends makes for an error. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(75);

    private static final int MAX_HEADERS = 100;

    // Each call that waits keeps buffers of all these sizes, used or not.

    /** Nobody reads them. */
    private static final int MAX_TRAILER_BYTES = 512;

    /** Ours are some hundred bytes, and echo no more than 1 KiB of a caller's. */
    private static final int MAX_RESPONSE_HEAD_BYTES = 4_096;

    /** Of a connection; bodies are read past it. */
    private static final int READ_BYTES = 1_024;

    /** Of a connection: as much goes to the system at once. */
    private static final int WRITE_BYTES = 2_048;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(GatewaySettings settings) {
        return factory -> {
            factory.setProtocol(ImpatientProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> tune(connector, settings));
            factory.addContextValves(new ConnectionWatchValve(), new UnreadBodyValve(System::nanoTime));
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(EnvelopeErrorValve.class.getName());
                }
            });
        };
    }

    /** Around everything else: a browser asks beforehand, without a key. Where no origin is named, no page gets in. */
    @Bean
    FilterRegistrationBean<CorsFilter> cors(GatewaySettings settings) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(settings.http().corsOrigins());
        rules.setAllowedMethods(List.of("GET", "POST", "DELETE"));
        rules.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        rules.setExposedHeaders(List.of(CorsConfiguration.ALL));
        rules.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
        paths.registerCorsConfiguration("/v1/**", rules);
        paths.registerCorsConfiguration("/openapi.json", rules);
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(paths));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setEnabled(!settings.http().corsOrigins().isEmpty());
        return filter;
    }

    /** Before whatever else might read something: who has no key is refused by its head alone. */
    @Bean
    FilterRegistrationBean<ExchangeFilter> exchanges(
            Doorkeeper doorkeeper, Telemetry telemetry, PrometheusMeterRegistry meters) {
        FilterRegistrationBean<ExchangeFilter> filter =
                new FilterRegistrationBean<>(new ExchangeFilter(doorkeeper, telemetry, meters, System::nanoTime));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    private static void tune(Connector connector, GatewaySettings settings) {
        connector.setProperty("maxConnections", Integer.toString(settings.maxWaitingCalls() + SPARE_CONNECTIONS));
        connector.setProperty("acceptCount", "1000");
        connector.setProperty("connectionTimeout", Long.toString(SILENCE.toMillis()));
        connector.setProperty(
                "headPatience", Long.toString(settings.http().headPatience().toMillis()));
        connector.setProperty("keepAliveTimeout", Long.toString(BETWEEN_REQUESTS.toMillis()));
        connector.setProperty(
                "maxHttpRequestHeaderSize",
                Long.toString(settings.http().maxHeadBytes().toBytes()));
        connector.setProperty("maxHeaderCount", Integer.toString(MAX_HEADERS));
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("maxTrailerSize", Integer.toString(MAX_TRAILER_BYTES));
        connector.setProperty("maxHttpResponseHeaderSize", Integer.toString(MAX_RESPONSE_HEAD_BYTES));
        connector.setProperty("socket.appReadBufSize", Integer.toString(READ_BYTES));
        connector.setProperty("socket.appWriteBufSize", Integer.toString(WRITE_BYTES));
        // What is left of a refused body is UnreadBodyValve's.
        connector.setProperty("maxSwallowSize", "0");
        // A client that asks before it sends gets its refusal before it sends.
        connector.setProperty("continueResponseTiming", "onRead");
    }
}
