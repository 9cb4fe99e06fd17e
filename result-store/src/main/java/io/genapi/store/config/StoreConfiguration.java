package io.genapi.store.config;

import io.genapi.runtime.config.ReceiverConfiguration;
import io.genapi.runtime.config.RuntimeConfiguration;
import io.genapi.runtime.config.ServerAddress;
import io.genapi.runtime.config.WebhookConfiguration;
import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.runtime.job.JobSettings;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.store.http.JobLister;
import io.genapi.store.http.JobRouter;
import io.genapi.store.http.OriginalController;
import io.genapi.store.http.OriginalRouter;
import io.genapi.store.http.PeerClient;
import io.genapi.store.http.RequestRouter;
import io.genapi.store.http.StandingRouter;
import io.genapi.store.http.StoreController;
import io.genapi.store.http.TenantSums;
import io.genapi.store.job.Deadlines;
import io.genapi.store.job.DueTimes;
import io.genapi.store.kafka.ConsumerPayloadReader;
import io.genapi.store.kafka.EndOffsetFreshness;
import io.genapi.store.kafka.RocksDbMemory;
import io.genapi.store.kafka.StreamsClients;
import io.genapi.store.kafka.StreamsJobs;
import io.genapi.store.kafka.StreamsOwners;
import io.genapi.store.kafka.StreamsProcess;
import io.genapi.store.query.JobLookup;
import io.genapi.store.query.RecentRequests;
import io.genapi.store.query.StandingLookup;
import io.genapi.store.query.Waiters;
import io.genapi.store.tenant.TenantLedger;
import io.genapi.store.topology.ConsumptionProgress;
import io.genapi.store.topology.StoreMetrics;
import io.genapi.store.topology.StoreTopology;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the result store. */
@Configuration(proxyBeanMethods = false)
@Import({
    RuntimeConfiguration.class,
    ReceiverConfiguration.class,
    WebhookConfiguration.class,
    DeliveryConfiguration.class,
    SenderConfiguration.class
})
@EnableConfigurationProperties(StoreSettings.class)
public class StoreConfiguration {
    /** A client that lost its answer has sent its request again by then, if at all. */
    private static final Duration RETRIES_WITHIN = Duration.ofMinutes(10);

    /** Some 300 bytes each. */
    private static final int REMEMBERED_REQUESTS = 100_000;

    @Bean
    StoreTopology storeTopology(
            ProvisionedTopics topics,
            KafkaSettings kafka,
            JobSettings jobs,
            StoreSettings settings,
            ProcessIdentity identity) {
        return new StoreTopology(
                topics.names(),
                topics.names().prefix() + "-result-store",
                topics.partitions(),
                kafka.retention(),
                settings.sweepInterval(),
                new Deadlines(jobs.defaultDeadline(), kafka.retention()),
                new DueTimes(settings.expiryGrace(), settings.cancelGrace()),
                identity.source());
    }

    @Bean
    StoreMetrics storeMetrics(PrometheusMeterRegistry meters) {
        return new StoreMetrics(meters);
    }

    @Bean
    ConsumptionProgress consumptionProgress() {
        return new ConsumptionProgress();
    }

    @Bean
    Waiters waiters(PrometheusMeterRegistry meters) {
        Waiters waiters = new Waiters();
        Gauge.builder("genapi.store.waiters", waiters, Waiters::count)
                .description("Queries that wait for the end of a job")
                .register(meters);
        return waiters;
    }

    @Bean
    TenantLedger tenantLedger() {
        return new TenantLedger();
    }

    @Bean
    RecentRequests recentRequests() {
        return new RecentRequests(RETRIES_WITHIN, REMEMBERED_REQUESTS);
    }

    @Bean
    RocksDbMemory rocksDbMemory(StoreSettings settings) {
        return new RocksDbMemory(settings.memory().toBytes());
    }

    @Bean
    StreamsMeters streamsMeters(PrometheusMeterRegistry meters) {
        return new StreamsMeters(meters);
    }

    @Bean
    StreamsProcess streamsProcess(
            StoreTopology topology,
            StoreMetrics metrics,
            ConsumptionProgress progress,
            Waiters waiters,
            TenantLedger ledger,
            RecentRequests recentRequests,
            KafkaSettings kafka,
            StoreSettings settings,
            ServerAddress address,
            RocksDbMemory memory,
            StreamsMeters streamsMeters) {
        return new StreamsProcess(
                topology.build(metrics, progress, waiters, ledger, recentRequests, new Properties()),
                () -> StreamsProperties.of(
                        kafka, settings, topology.applicationId(), StreamsOwners.hostOf(address.get()), memory),
                StreamsClients.tracking(progress, topology.names()),
                metrics,
                streamsMeters::observe);
    }

    /**
     * Not spring-kafka's {@code StreamsBuilderFactoryBean}: it fixes the properties before the web server has the port
     * that {@code application.server} must name.
     */
    @Bean
    Phased streams(StreamsProcess process) {
        return new Phased(Phased.AFTER_HTTP, process::start, process::close);
    }

    @Bean
    ReadinessCheck storeReadiness(StreamsProcess process) {
        return new StreamsReadiness(process);
    }

    @Bean
    StreamsJobs localJobs(StreamsProcess process, StoreTopology topology) {
        return new StreamsJobs(process, topology.partitions());
    }

    @Bean
    StreamsOwners owners(StreamsProcess process, ServerAddress address) {
        return new StreamsOwners(process, address);
    }

    @Bean
    EndOffsetFreshness freshness(
            KafkaSettings kafka, ProcessIdentity identity, StoreTopology topology, ConsumptionProgress progress) {
        Admin admin = Admin.create(kafka.clientProperties("genapi-ends-" + identity.instance()));
        return new EndOffsetFreshness(admin, topology, progress, System::nanoTime);
    }

    @Bean
    ConsumerPayloadReader payloadReader(
            KafkaSettings kafka, ProcessIdentity identity, StoreTopology topology, StoreSettings settings) {
        ConsumerNames names = new ConsumerNames("genapi-payloads-" + identity.instance());
        return new ConsumerPayloadReader(
                () -> new KafkaConsumer<>(
                        payloadConsumer(kafka, names.next()), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                settings.payloadReaders(),
                topology.names().results(),
                settings.certainty());
    }

    /** Of single records by their place. */
    static Map<String, Object> payloadConsumer(KafkaSettings kafka, String clientId) {
        Map<String, Object> properties = kafka.consumerProperties(clientId);
        properties.put("auto.offset.reset", "none");
        properties.put("max.poll.records", 1);
        // Kafka hands out the first batch whole even if it is larger (KIP-74); what follows is not wanted.
        properties.put("max.partition.fetch.bytes", 1024);
        return properties;
    }

    @Bean
    JobLookup jobLookup(
            StreamsJobs jobs,
            EndOffsetFreshness freshness,
            StoreSettings settings,
            Waiters waiters,
            ConsumerPayloadReader payloads) {
        return new JobLookup(jobs, freshness, settings.certainty(), waiters, payloads);
    }

    @Bean
    PeerClient peerClient() {
        return new PeerClient();
    }

    @Bean
    JobRouter jobRouter(JobLookup lookup, StreamsOwners owners, PeerClient peers) {
        return new JobRouter(lookup, owners, peers);
    }

    @Bean
    StandingRouter standingRouter(
            StreamsJobs jobs, EndOffsetFreshness freshness, StreamsOwners owners, PeerClient peers) {
        return new StandingRouter(new StandingLookup(jobs, freshness), owners, peers);
    }

    @Bean
    JobLister jobLister(StreamsJobs jobs, StreamsOwners owners, PeerClient peers, StoreTopology topology) {
        return new JobLister(jobs, owners, peers, topology.partitions());
    }

    @Bean
    TenantSums tenantSums(
            TenantLedger ledger,
            EndOffsetFreshness freshness,
            StreamsOwners owners,
            PeerClient peers,
            StoreTopology topology) {
        return new TenantSums(ledger, freshness, owners, peers, topology.partitions());
    }

    @Bean
    StoreController storeController(JobRouter router, StandingRouter standings, JobLister lister, TenantSums tenants) {
        return new StoreController(router, standings, lister, tenants);
    }

    @Bean
    OriginalController originalController(
            JobLookup lookup,
            ConsumerPayloadReader records,
            StreamsOwners owners,
            PeerClient peers,
            RecentRequests recentRequests,
            InstantSource clock) {
        return new OriginalController(
                new OriginalRouter(lookup, owners, peers),
                new RequestRouter(lookup, records, owners, peers, clock),
                recentRequests,
                clock);
    }
}
