package io.genapi.gateway.config;

import io.genapi.gateway.cancel.AbandonedJobs;
import io.genapi.gateway.cancel.CancelPublisher;
import io.genapi.gateway.cancel.Cancellations;
import io.genapi.gateway.health.HealthDocument;
import io.genapi.gateway.health.HealthPolicy;
import io.genapi.gateway.health.Situation;
import io.genapi.gateway.http.ApiErrorMapper;
import io.genapi.gateway.http.CancelController;
import io.genapi.gateway.http.ChatController;
import io.genapi.gateway.http.HealthController;
import io.genapi.gateway.http.JobController;
import io.genapi.gateway.http.ModelController;
import io.genapi.gateway.http.NamedEndpoint;
import io.genapi.gateway.http.RedriveController;
import io.genapi.gateway.http.ReloadController;
import io.genapi.gateway.http.Turnstile;
import io.genapi.gateway.http.WaitingRoom;
import io.genapi.gateway.job.Bodies;
import io.genapi.gateway.job.JobLookup;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.job.Originals;
import io.genapi.gateway.job.Requests;
import io.genapi.gateway.kafka.KafkaCancelPublisher;
import io.genapi.gateway.kafka.KafkaReachability;
import io.genapi.gateway.model.ModelList;
import io.genapi.gateway.peer.CatalogReloads;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.store.HttpJobStore;
import io.genapi.gateway.store.HttpOriginals;
import io.genapi.gateway.store.HttpRequests;
import io.genapi.gateway.store.StoreInstances;
import io.genapi.gateway.submit.Submissions;
import io.genapi.runtime.catalog.CatalogSettings;
import io.genapi.runtime.config.CatalogConfiguration;
import io.genapi.runtime.config.ReceiverConfiguration;
import io.genapi.runtime.config.RuntimeConfiguration;
import io.genapi.runtime.config.WebhookConfiguration;
import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.http.ReadinessCheck;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.notice.CatalogNotices;
import io.genapi.runtime.reload.CatalogReload;
import io.genapi.runtime.reload.CatalogSource;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.reload.ReloadAnswer;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.kafka.RequestRecords;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

/** What the gateway answers over HTTP, and what stands behind it. */
@Configuration(proxyBeanMethods = false)
@Import({
    RuntimeConfiguration.class,
    ReceiverConfiguration.class,
    CatalogConfiguration.class,
    ReplyConfiguration.class,
    AbandonmentConfiguration.class,
    BatchConfiguration.class,
    ClaimConfiguration.class,
    EndpointConfiguration.class,
    OpenApiConfiguration.class,
    StreamConfiguration.class,
    ResponseConfiguration.class,
    TenantConfiguration.class,
    TomcatConfiguration.class,
    WebhookConfiguration.class
})
@EnableConfigurationProperties(GatewaySettings.class)
public class GatewayConfiguration {

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(1);

    /** How long a cancellation waits for its job's end before it says that this takes longer. */
    private static final Duration CANCEL_WAIT = Duration.ofSeconds(2);

    @Bean(destroyMethod = "shutdownNow")
    HttpClient storeClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_PATIENCE)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    @Bean
    StoreInstances storeInstances(HttpClient storeClient, PeerDirectory peers) {
        return new StoreInstances(
                storeClient,
                () -> peers.alive(Heartbeat.Service.STORE).stream()
                        .map(Heartbeat::address)
                        .toList());
    }

    @Bean
    JobStore jobStore(StoreInstances stores, GatewaySettings settings) {
        return new HttpJobStore(stores, settings.storePatience());
    }

    @Bean
    Originals originals(StoreInstances stores, GatewaySettings settings) {
        return new HttpOriginals(stores, settings.storePatience());
    }

    @Bean
    JobLookup jobLookup(JobStore store, Submissions submissions, GatewaySettings settings, InstantSource clock) {
        return new JobLookup(store, settings.lookupPatience(), submissions::isStopping, clock, Thread::sleep);
    }

    @Bean
    CatalogSource catalogSource(CatalogSettings settings) {
        return new CatalogSource(List.of(settings.file()), settings::declared);
    }

    @Bean
    ModelList models(CurrentCatalog catalog) {
        return new ModelList(catalog::edition);
    }

    @Bean
    ChatController chatController(
            Submissions submissions,
            AbandonedJobs abandonedJobs,
            Turnstile turnstile,
            GatewaySettings settings,
            KafkaSettings kafka,
            NamedEndpoint endpoint,
            InstantSource clock) {
        return new ChatController(
                submissions,
                abandonedJobs,
                turnstile,
                (int) settings.maxBodyBytes().toBytes(),
                kafka.retention(),
                endpoint,
                clock);
    }

    @Bean
    JobController jobController(JobLookup jobs, WaitingRoom waitingRoom) {
        return new JobController(jobs, waitingRoom);
    }

    @Bean
    KafkaCancelPublisher cancelPublisher(
            KafkaTemplate<byte[], byte[]> jobProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            GatewaySettings settings) {
        return new KafkaCancelPublisher(jobProducer, topics.names(), identity.source(), settings.publishPatience());
    }

    @Bean
    Cancellations cancellations(JobLookup jobs, CancelPublisher publisher, InstantSource clock) {
        return new Cancellations(jobs, publisher, CANCEL_WAIT, clock);
    }

    @Bean
    Requests requests(StoreInstances stores, ProvisionedTopics topics, Bodies bodies, GatewaySettings settings) {
        return new HttpRequests(stores, new RequestRecords(topics.names()), bodies, settings.storePatience());
    }

    @Bean
    RedriveController redriveController(
            JobLookup jobs,
            Requests requests,
            Submissions submissions,
            Turnstile turnstile,
            GatewaySettings settings,
            KafkaSettings kafka,
            NamedEndpoint endpoint,
            InstantSource clock) {
        return new RedriveController(
                jobs,
                requests,
                submissions,
                turnstile,
                (int) settings.maxBodyBytes().toBytes(),
                kafka.retention(),
                endpoint,
                clock);
    }

    @Bean
    CancelController cancelController(Cancellations cancellations) {
        return new CancelController(cancellations);
    }

    @Bean
    ModelController modelController(ModelList models) {
        return new ModelController(models);
    }

    @Bean
    ReloadController reloadController(
            CatalogNotices notices, ProcessIdentity identity, CatalogReload catalog, PeerDirectory peers) {
        CatalogReloads reloads = new CatalogReloads(
                notices,
                () -> ReloadAnswer.of(identity, catalog.now()),
                () -> Stream.of(Heartbeat.Service.GATEWAY, Heartbeat.Service.WORKER)
                        .flatMap(service -> peers.alive(service).stream())
                        .filter(peer -> !peer.instance().equals(identity.instance()))
                        .toList(),
                System::nanoTime);
        return new ReloadController(reloads::everywhere);
    }

    @Bean
    HealthController healthController(
            KafkaReachability kafka,
            PartitionOwnership ownership,
            PendingReplies pendingReplies,
            PeerDirectory peers,
            InstantSource clock) {
        return new HealthController(() -> new HealthDocument(
                HealthPolicy.judge(new Situation(
                        kafka.isReachable(),
                        ownership.owned().size(),
                        pendingReplies.count(),
                        peers.alive(Heartbeat.Service.GATEWAY),
                        peers.alive(Heartbeat.Service.WORKER),
                        peers.alive(Heartbeat.Service.STORE))),
                clock.instant()));
    }

    @Bean
    ReadinessCheck kafkaCheck(KafkaReachability kafka) {
        return new Readiness("kafka", kafka::isReachable, "Kafka does not answer");
    }

    @Bean
    ReadinessCheck repliesCheck(PartitionOwnership ownership) {
        return new Readiness(
                "replies", () -> !ownership.owned().isEmpty(), "no partition's results come to this gateway yet");
    }

    @Bean
    ReadinessCheck stoppingCheck(Submissions submissions) {
        return new Readiness("running", () -> !submissions.isStopping(), "this gateway stops");
    }

    @Bean
    ApiErrorMapper apiErrorMapper() {
        return new ApiErrorMapper();
    }
}
