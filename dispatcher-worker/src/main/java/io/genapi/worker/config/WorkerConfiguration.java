package io.genapi.worker.config;

import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.config.CatalogConfiguration;
import io.genapi.runtime.config.RuntimeConfiguration;
import io.genapi.runtime.config.SecretConfiguration;
import io.genapi.runtime.job.JobSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.RecordProducers;
import io.genapi.runtime.net.BoundedResolver;
import io.genapi.runtime.net.GuardedHosts;
import io.genapi.runtime.net.HostResolver;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.reload.CatalogSource;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.secret.SecretSources;
import io.genapi.runtime.secret.file.SecretsFileSettings;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.Colleagues;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.attempt.AttemptRunner;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.body.Bodies;
import io.genapi.worker.breaker.BreakerRules;
import io.genapi.worker.breaker.Resilience4jBreaker;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.anthropic.AnthropicDialect;
import io.genapi.worker.dialect.gemini.GeminiDialect;
import io.genapi.worker.dialect.openai.AzureOpenAiDialect;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.dispatch.Dispatcher;
import io.genapi.worker.http.ApacheImageSource;
import io.genapi.worker.http.ApacheVendorClient;
import io.genapi.worker.image.Inlining;
import io.genapi.worker.kafka.KafkaDeltas;
import io.genapi.worker.kafka.KafkaJobEvents;
import io.genapi.worker.kafka.KafkaResultPublisher;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.route.Router;
import io.genapi.worker.stream.JobStreams;
import io.genapi.worker.telemetry.ErrorCounter;
import io.genapi.worker.telemetry.JobLog;
import io.genapi.worker.telemetry.ObservedVendorClient;
import io.genapi.worker.telemetry.VendorWatch;
import io.genapi.worker.vendor.VendorRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

/** The worker's beans but those of its intake. */
@Configuration(proxyBeanMethods = false)
@Import({
    RuntimeConfiguration.class,
    CatalogConfiguration.class,
    SecretConfiguration.class,
    CancellationConfiguration.class,
    ColleagueConfiguration.class,
    BodyConfiguration.class,
    IntakeConfiguration.class
})
@EnableConfigurationProperties(WorkerSettings.class)
public class WorkerConfiguration {

    private static final Duration RESULT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_UP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SIDE_PATIENCE = Duration.ofSeconds(10);
    private static final int REMEMBERED_CALLS = 100;

    @Bean
    CatalogSource catalogSource(CatalogSettings settings, SecretsFileSettings file, SecretSources secrets) {
        return new CatalogSource(
                List.of(settings.file(), file.file(settings.file())), () -> settings.callable(secrets));
    }

    @Bean
    RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    @Bean
    VendorRecord vendorRecord(CurrentCatalog catalog) {
        return new VendorRecord(catalog.get().vendors(), REMEMBERED_CALLS);
    }

    @Bean
    Function<Vendor.Dialect, Dialect> dialects() {
        Dialect openAi = new OpenAiDialect();
        Dialect azureOpenAi = new AzureOpenAiDialect();
        Dialect anthropic = new AnthropicDialect();
        Dialect gemini = new GeminiDialect();
        return dialect -> switch (dialect) {
            case OPENAI -> openAi;
            case AZURE_OPENAI -> azureOpenAi;
            case ANTHROPIC -> anthropic;
            case GEMINI -> gemini;
        };
    }

    @Bean
    ApacheVendorClient apacheVendorClient(
            WorkerSettings settings,
            Function<Vendor.Dialect, Dialect> dialects,
            Admission admission,
            Telemetry telemetry,
            InstantSource clock) {
        return new ApacheVendorClient(
                settings.maxInFlight(),
                settings.connectTimeout(),
                settings.stream().idleTimeout(),
                new ProxyEnvironment(System.getenv()),
                dialects,
                (candidate, limits) -> admission.told(Destination.of(candidate), limits),
                telemetry,
                clock);
    }

    @Bean
    BoundedResolver imageHostResolver() {
        return new BoundedResolver(HostResolver.ofSystem(), LOOK_UP_PATIENCE);
    }

    @Bean
    ApacheImageSource apacheImageSource(WorkerSettings settings, BoundedResolver imageHostResolver) {
        return new ApacheImageSource(
                new GuardedHosts(imageHostResolver, settings.images().policy()));
    }

    @Bean
    Inlining inlining(WorkerSettings settings, ApacheImageSource apacheImageSource) {
        return new Inlining(apacheImageSource, settings.images().rules(), System::nanoTime);
    }

    @Bean
    ErrorCounter errorCounter(MeterRegistry meters) {
        return new ErrorCounter(meters);
    }

    /** For results only: what is sent here was paid for. */
    @Bean
    KafkaTemplate<byte[], byte[]> resultProducer(RecordProducers producers) {
        return producers.create("genapi-worker-results", RESULT_PATIENCE);
    }

    /** For pieces of answers, which are too many for a span each and must not hold up results. */
    @Bean
    KafkaTemplate<byte[], byte[]> deltaProducer(RecordProducers producers) {
        return producers.createUntraced("genapi-worker-deltas", RESULT_PATIENCE);
    }

    @Bean
    KafkaDeltas kafkaDeltas(
            KafkaTemplate<byte[], byte[]> deltaProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            ErrorCounter errors) {
        return new KafkaDeltas(deltaProducer::send, topics.names().deltas(), identity.source(), errors);
    }

    /** For what must not hold up results: events and replies. */
    @Bean
    KafkaTemplate<byte[], byte[]> sideProducer(RecordProducers producers) {
        return producers.create("genapi-worker-side", SIDE_PATIENCE);
    }

    /** Dead letters are kept as they came, without a header of ours among theirs. */
    @Bean
    KafkaTemplate<byte[], byte[]> letterProducer(RecordProducers producers) {
        return producers.createVerbatim("genapi-worker-letters", SIDE_PATIENCE);
    }

    @Bean
    VendorWatch vendorWatch(MeterRegistry meters) {
        return new VendorWatch(meters);
    }

    @Bean
    Admission admission(
            WorkerSettings settings,
            VendorWatch watch,
            Colleagues colleagues,
            InstantSource clock,
            RandomGenerator random) {
        BreakerRules rules = settings.admission().breakerRules();
        return new Admission(
                destination -> new Resilience4jBreaker(destination.toString(), rules, clock),
                settings.admission().rules(settings.maxInFlight()),
                watch,
                colleagues,
                clock,
                random);
    }

    @Bean
    Destinations destinations(CurrentCatalog catalog, Admission admission, VendorWatch watch) {
        return new Destinations(catalog.get(), admission, watch);
    }

    @Bean
    Dispatcher dispatcher(
            Bodies bodies,
            WorkerSettings settings,
            JobSettings jobs,
            Cancellations cancellations,
            CurrentCatalog catalog,
            Function<Vendor.Dialect, Dialect> dialects,
            Admission admission,
            ApacheVendorClient apacheVendorClient,
            Inlining inlining,
            VendorRecord vendorRecord,
            KafkaTemplate<byte[], byte[]> resultProducer,
            KafkaTemplate<byte[], byte[]> sideProducer,
            KafkaDeltas kafkaDeltas,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            ErrorCounter errors,
            Telemetry telemetry,
            MeterRegistry meters,
            InstantSource clock,
            RandomGenerator random) {
        ObservedVendorClient vendors = new ObservedVendorClient(
                apacheVendorClient,
                apacheVendorClient,
                model -> catalog.get().models().contains(model),
                vendorRecord,
                telemetry.tracer(),
                meters,
                clock,
                System::nanoTime);
        return new Dispatcher(
                bodies,
                new Router(catalog, dialects, random, clock),
                admission,
                new AttemptRunner(
                        call -> inlining.around(call, vendors::call),
                        (call, sink) -> inlining.around(call, inlined -> vendors.stream(inlined, sink)),
                        new JobStreams(kafkaDeltas, clock, random),
                        clock,
                        System::nanoTime,
                        random),
                new RetryPolicy(
                        settings.maxAttempts(),
                        settings.parkAfter(),
                        settings.stream().restart(),
                        random),
                Thread::sleep,
                new JobEnds(clock),
                new KafkaResultPublisher(
                        resultProducer::send,
                        sideProducer::send,
                        topics.names(),
                        identity.source(),
                        Thread::sleep,
                        errors),
                new KafkaJobEvents(sideProducer::send, topics.names().events(), identity.source(), errors),
                new JobLog(errors),
                cancellations,
                jobs.defaultDeadline(),
                clock);
    }
}
