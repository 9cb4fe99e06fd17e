package io.genapi.runtime.config;

import io.genapi.runtime.heartbeat.HeartbeatSender;
import io.genapi.runtime.heartbeat.OpenPlaces;
import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.heartbeat.VendorHealthSource;
import io.genapi.runtime.http.ProbeController;
import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.runtime.job.JobSettings;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.RecordProducers;
import io.genapi.runtime.kafka.TopicProvisioner;
import io.genapi.runtime.reload.CatalogReload;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.service.ServiceDefinition;
import io.genapi.runtime.telemetry.OpenTelemetryFactory;
import io.genapi.runtime.telemetry.Telemetry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaTemplate;

/** The beans that every service has. A service's own configuration imports this one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, JobSettings.class})
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
public class RuntimeConfiguration {

    private static final Duration HEARTBEAT_PATIENCE = Duration.ofSeconds(5);

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ProcessIdentity processIdentity(ServiceDefinition definition) {
        return ProcessIdentity.mint(definition, new SecureRandom());
    }

    @Bean
    PrometheusMeterRegistry meters() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        return meters;
    }

    @Bean
    JvmGcMetrics gcMetrics(PrometheusMeterRegistry meters) {
        JvmGcMetrics metrics = new JvmGcMetrics();
        metrics.bindTo(meters);
        return metrics;
    }

    @Bean
    OpenTelemetrySdk openTelemetry(ServiceDefinition definition) {
        return OpenTelemetryFactory.create("genapi-" + definition.name(), System.getenv());
    }

    @Bean
    Telemetry telemetry(OpenTelemetrySdk openTelemetry) {
        return new Telemetry(openTelemetry);
    }

    @Bean
    ProvisionedTopics topics(KafkaSettings settings, JobSettings jobs) {
        jobs.requireWithin(settings);
        return TopicProvisioner.provision(settings);
    }

    @Bean
    RecordProducers recordProducers(KafkaSettings settings, Telemetry telemetry, PrometheusMeterRegistry meters) {
        return new RecordProducers(settings, telemetry, meters);
    }

    @Bean
    ProbeController probeController(ObjectProvider<ReadinessCheck> checks, PrometheusMeterRegistry meters) {
        return new ProbeController(checks.orderedStream().toList(), meters);
    }

    @Bean
    ServerAddress serverAddress(Environment environment) {
        return new ServerAddress(environment);
    }

    @Bean
    KafkaTemplate<byte[], byte[]> heartbeatProducer(RecordProducers producers) {
        return producers.create("genapi-heartbeat", HEARTBEAT_PATIENCE);
    }

    @Bean
    HeartbeatSender heartbeatSender(
            ProcessIdentity identity,
            ServerAddress address,
            ObjectProvider<VendorHealthSource> vendors,
            ObjectProvider<CatalogReload> catalog,
            ObjectProvider<OpenPlaces> places,
            KafkaTemplate<byte[], byte[]> heartbeatProducer,
            ProvisionedTopics topics,
            InstantSource clock) {
        VendorHealthSource source = vendors.getIfAvailable(() -> List::of);
        OpenPlaces open = places.getIfAvailable(() -> Set::of);
        Optional<CatalogReload> reload = Optional.ofNullable(catalog.getIfAvailable());
        HeartbeatSender sender = new HeartbeatSender(
                identity.definition().service(),
                identity.instance(),
                address,
                source::current,
                () -> reload.flatMap(CatalogReload::problem),
                open::current,
                heartbeatProducer,
                topics.names().control(),
                clock);
        reload.ifPresent(told -> told.tell(sender::soon));
        return sender;
    }

    @Bean
    Phased heartbeat(HeartbeatSender sender) {
        return new Phased(Phased.AFTER_HTTP, sender::start, sender::close);
    }

    @Bean
    PeerDirectory peerDirectory(KafkaSettings settings, ProvisionedTopics topics, InstantSource clock) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                settings.consumerProperties("genapi-peers"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new PeerDirectory(consumer, topics.names().control(), clock);
    }

    @Bean
    Phased peers(PeerDirectory directory) {
        return new Phased(Phased.BEFORE_HTTP, directory::start, directory::close);
    }
}
