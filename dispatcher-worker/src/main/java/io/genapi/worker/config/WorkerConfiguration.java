package io.genapi.worker.config;

import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.InflightOptions;
import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.config.RuntimeConfiguration;
import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.job.JobSettings;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.RecordProducers;
import io.genapi.runtime.kafka.TopicProvisioner;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.schemas.job.VendorName;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.admission.Destination;
import io.genapi.worker.attempt.AttemptRunner;
import io.genapi.worker.attempt.RetryPolicy;
import io.genapi.worker.cancel.Cancellations;
import io.genapi.worker.breaker.BreakerRules;
import io.genapi.worker.breaker.Resilience4jBreaker;
import io.genapi.worker.dialect.Dialect;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.dispatch.Dispatcher;
import io.genapi.worker.http.ApacheVendorClient;
import io.genapi.worker.intake.Intake;
import io.genapi.worker.intake.OnceOnly;
import io.genapi.worker.kafka.CancellationReader;
import io.genapi.worker.kafka.DeadLetters;
import io.genapi.worker.kafka.HandedOverJobs;
import io.genapi.worker.kafka.IntakeConsumer;
import io.genapi.worker.kafka.IntakeReadiness;
import io.genapi.worker.kafka.JobIntake;
import io.genapi.worker.kafka.KafkaJobEvents;
import io.genapi.worker.kafka.ParkedJobs;
import io.genapi.worker.kafka.KafkaResultPublisher;
import io.genapi.worker.result.FinishedJobs;
import io.genapi.worker.result.JobEnds;
import io.genapi.worker.route.Router;
import io.genapi.worker.store.StoreFinishedJobs;
import io.genapi.worker.telemetry.ErrorCounter;
import io.genapi.worker.telemetry.IntakeLog;
import io.genapi.worker.telemetry.JobLog;
import io.genapi.worker.telemetry.ObservedVendorClient;
import io.genapi.worker.telemetry.VendorWatch;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorRecord;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

/** The worker's beans. */
@Configuration(proxyBeanMethods = false)
@Import(RuntimeConfiguration.class)
@EnableConfigurationProperties({WorkerSettings.class, CatalogSettings.class})
public class WorkerConfiguration {

    private static final Duration RESULT_PATIENCE = Duration.ofSeconds(30);
    private static final Duration SIDE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration CONTROL_PATIENCE = Duration.ofSeconds(30);
    private static final int REMEMBERED_CALLS = 100;
    private static final int REMEMBERED_CANCELLATIONS = 100_000;
    private static final int REMEMBERED_JOBS_PER_PERMIT = 8;

    @Bean
    VendorCatalog vendorCatalog(CatalogSettings settings) {
        return settings.callable(System.getenv());
    }

    @Bean
    RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    @Bean
    VendorRecord vendorRecord(VendorCatalog catalog) {
        return new VendorRecord(catalog.vendors(), REMEMBERED_CALLS);
    }

    @Bean
    Function<Vendor.Dialect, Dialect> dialects() {
        Dialect openAi = new OpenAiDialect();
        return dialect -> switch (dialect) {
            case OPENAI -> openAi;
        };
    }

    @Bean
    ApacheVendorClient apacheVendorClient(
            WorkerSettings settings,
            Function<Vendor.Dialect, Dialect> dialects,
            Telemetry telemetry,
            InstantSource clock) {
        return new ApacheVendorClient(settings.maxInFlight(), settings.connectTimeout(), dialects, telemetry, clock);
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
    Admission admission(WorkerSettings settings, VendorCatalog catalog, MeterRegistry meters, InstantSource clock) {
        BreakerRules rules = settings.admission().breakerRules();
        VendorWatch watch = new VendorWatch(meters);
        Admission admission = new Admission(
                destination -> new Resilience4jBreaker(destination.toString(), rules, clock),
                settings.admission().rules(settings.maxInFlight()),
                watch,
                clock);
        catalog.vendors().forEach(vendor -> watch.show(admission, new Destination(vendor.name())));
        return admission;
    }

    @Bean
    Dispatcher dispatcher(
            WorkerSettings settings,
            JobSettings jobs,
            Cancellations cancellations,
            VendorCatalog catalog,
            Admission admission,
            ApacheVendorClient apacheVendorClient,
            VendorRecord vendorRecord,
            KafkaTemplate<byte[], byte[]> resultProducer,
            KafkaTemplate<byte[], byte[]> sideProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            ErrorCounter errors,
            Telemetry telemetry,
            MeterRegistry meters,
            InstantSource clock,
            RandomGenerator random) {
        VendorClient vendors = new ObservedVendorClient(
                apacheVendorClient,
                Set.copyOf(catalog.models()),
                vendorRecord,
                telemetry.tracer(),
                meters,
                clock,
                System::nanoTime);
        return new Dispatcher(
                new Router(catalog, random),
                admission,
                new AttemptRunner(vendors, clock, System::nanoTime, random),
                new RetryPolicy(settings.maxAttempts(), settings.parkAfter(), random),
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

    @Bean
    Cancellations cancellations(MeterRegistry meters) {
        Cancellations cancellations = new Cancellations(REMEMBERED_CANCELLATIONS);
        FunctionCounter.builder("genapi.cancellations.forgotten", cancellations, Cancellations::forgotten)
                .description("cancelled jobs that this worker forgot because it knew of too many")
                .register(meters);
        return cancellations;
    }

    @Bean
    CancellationReader cancellationReader(KafkaSettings kafka, ProvisionedTopics topics, Cancellations cancellations) {
        return new CancellationReader(
                new KafkaConsumer<>(
                        kafka.consumerProperties("genapi-cancellations"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topics.names().control(),
                cancellations);
    }

    @Bean
    Phased cancellationReading(CancellationReader cancellationReader) {
        return new Phased(Phased.BEFORE_HTTP, cancellationReader::start, cancellationReader::close);
    }

    @Bean
    JobIntake jobIntake(
            Dispatcher dispatcher,
            KafkaTemplate<byte[], byte[]> resultProducer,
            KafkaTemplate<byte[], byte[]> letterProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            ErrorCounter errors,
            Telemetry telemetry,
            MeterRegistry meters,
            InstantSource clock) {
        return new JobIntake(
                topics.names(),
                dispatcher,
                new ParkedJobs(
                        resultProducer::send, topics.names(), identity.source(), Thread::sleep, clock, errors, meters),
                new DeadLetters(letterProducer::send, topics.names().deadLetters(), Thread::sleep, errors),
                telemetry);
    }

    @Bean
    Intake intake(
            WorkerSettings settings,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            InflightOptions intakeOptions,
            JobIntake jobs,
            PeerDirectory peers,
            ErrorCounter errors,
            MeterRegistry meters,
            RandomGenerator random) {
        OnceOnly<IntakeConsumer.Place> once =
                new OnceOnly<>(settings.maxInFlight(), REMEMBERED_JOBS_PER_PERMIT * settings.maxInFlight());
        Map<String, Object> properties = consumerProperties(kafka, topics);
        HandedOverJobs handedOver = new HandedOverJobs(finishedJobs(peers), topics.names());
        Intake intake = new Intake(
                () -> new IntakeConsumer(
                        once,
                        jobs,
                        jobs,
                        (handler, poison) -> InflightConsumer.builder(
                                        intakeOptions, properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                                .deferringHandler(handler)
                                .poison(poison)
                                .handOver(handedOver)
                                .orderedBy(record -> RequestRecords.orderOf(record).orElse(null))
                                .meters(meters)
                                .build()),
                new IntakeLog(errors),
                Thread::sleep,
                System::nanoTime,
                random);
        Gauge.builder("genapi.active.requests", intake, Intake::inFlight)
                .description("jobs that this worker works on")
                .register(meters);
        return intake;
    }

    @Bean
    InflightOptions intakeOptions(
            WorkerSettings settings,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            VendorCatalog catalog,
            Admission admission) {
        Set<VendorName> served =
                catalog.vendors().stream().map(Vendor::name).collect(Collectors.toUnmodifiableSet());
        Set<VendorName> parked = TopicProvisioner.provisionParked(kafka, served);
        return InflightOptions.builder("genapi-worker")
                .lanes(IntakeLanes.of(settings, topics.names(), admission, served, parked))
                .maxBytesInFlight(settings.maxBytesInFlight().toBytes())
                .maxInFlight(settings.maxInFlight())
                .maxInFlightPerPartition(settings.maxInFlightPerPartition())
                .metadataBudgetBytes(settings.metadataBudget())
                .grace(settings.grace())
                .handOverLease(settings.handOverLease())
                // A job that failed with a bug may have been paid for already; it is not run again.
                .retries(1, Duration.ofMillis(200), Duration.ofSeconds(10))
                .build();
    }

    private static Map<String, Object> consumerProperties(KafkaSettings kafka, ProvisionedTopics topics) {
        Map<String, Object> properties = new HashMap<>(kafka.consumerProperties("genapi-worker"));
        properties.put("group.id", topics.names().prefix() + "-workers");
        properties.put("group.protocol", "consumer");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("fetch.max.bytes", WorkerSettings.FETCH_BYTES);
        properties.put("max.partition.fetch.bytes", WorkerSettings.PARTITION_FETCH_BYTES);
        return Map.copyOf(properties);
    }

    private static FinishedJobs finishedJobs(PeerDirectory peers) {
        return new StoreFinishedJobs(
                () -> peers.alive(Heartbeat.Service.STORE).stream()
                        .map(Heartbeat::address)
                        .toList(),
                STORE_PATIENCE);
    }

    @Bean
    Phased intakeLife(Intake intake, CancellationReader cancellationReader) {
        return new Phased(
                Phased.AFTER_HTTP,
                () -> {
                    // The first job that is taken may have been cancelled while no worker ran.
                    cancellationReader.awaitCaughtUp(CONTROL_PATIENCE);
                    intake.start();
                },
                intake::close);
    }

    @Bean
    IntakeReadiness intakeReadiness(Intake intake) {
        return new IntakeReadiness(intake);
    }
}
