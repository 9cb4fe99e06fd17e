package io.genapi.gateway.config;

import io.genapi.gateway.batch.BatchIndex;
import io.genapi.gateway.batch.BatchRunner;
import io.genapi.gateway.batch.Batches;
import io.genapi.gateway.batch.ChatLines;
import io.genapi.gateway.batch.Housekeeping;
import io.genapi.gateway.batch.LineGate;
import io.genapi.gateway.batch.LineJobs;
import io.genapi.gateway.batch.RunTools;
import io.genapi.gateway.batch.SharedRoom;
import io.genapi.gateway.cancel.CancelPublisher;
import io.genapi.gateway.file.FileIndex;
import io.genapi.gateway.file.FileShelf;
import io.genapi.gateway.http.BatchController;
import io.genapi.gateway.http.FileController;
import io.genapi.gateway.http.NamedEndpoint;
import io.genapi.gateway.http.Turnstile;
import io.genapi.gateway.job.JobStore;
import io.genapi.gateway.kafka.BatchTopic;
import io.genapi.gateway.reply.PartitionOwnership;
import io.genapi.gateway.reply.PendingReplies;
import io.genapi.gateway.reply.ReplyWait;
import io.genapi.gateway.responses.Conversation;
import io.genapi.gateway.responses.ResponseLines;
import io.genapi.gateway.responses.ResponseLookup;
import io.genapi.gateway.submit.DiskGuard;
import io.genapi.gateway.submit.JobPublisher;
import io.genapi.gateway.tenant.QuotaDecision;
import io.genapi.gateway.tenant.Quotas;
import io.genapi.runtime.blob.BlobStoreException;
import io.genapi.runtime.control.LogUnavailableException;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.tenant.Tenant;
import io.genapi.schemas.job.TenantId;
import io.genapi.schemas.kafka.JobPartitioner;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** Files and batches, where there is a place for them. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(BatchConfiguration.class);

    private static final Duration BETWEEN_CLEARINGS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_ORPHAN_HUNTS = Duration.ofHours(6);

    /** What a line has around its request. */
    private static final int ENVELOPE_BYTES = 64 * 1024;

    @Bean
    FileIndex fileIndex() {
        return new FileIndex();
    }

    @Bean
    BatchIndex batchIndex() {
        return new BatchIndex();
    }

    @Bean
    BatchTopic batchTopic(
            KafkaTemplate<byte[], byte[]> jobProducer,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            GatewaySettings settings,
            FileIndex files,
            BatchIndex batches) {
        return new BatchTopic(
                jobProducer,
                Admin.create(kafka.clientProperties("genapi-gateway-batches")),
                new KafkaConsumer<>(
                        kafka.consumerProperties("genapi-gateway-batches"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                topics.names().batches(),
                identity.source(),
                settings.publishPatience(),
                files,
                batches);
    }

    @Bean
    Phased batchReading(BatchTopic topic) {
        return new Phased(Phased.BEFORE_HTTP, topic::start, topic::close);
    }

    /** Both halves of what callers see. */
    record Desk(Optional<FileShelf> files, Optional<Batches> batches) {}

    @Bean
    Desk batchDesk(
            BlobPlace place,
            FileIndex files,
            BatchIndex index,
            BatchTopic topic,
            GatewaySettings settings,
            InstantSource clock) {
        BatchSettings batch = settings.batch();
        Optional<FileShelf> shelf = place.blobs()
                .map(blobs -> new FileShelf(
                        blobs,
                        files,
                        topic,
                        new FileShelf.Limits(
                                batch.maxFileBytes().toBytes(),
                                batch.maxFiles(),
                                batch.fileLife(),
                                batch.uploadPatience()),
                        index::isRead,
                        clock,
                        new SecureRandom()));
        return new Desk(
                shelf,
                shelf.map(its -> new Batches(index, topic, its, batch.maxOpenBatches(), clock, new SecureRandom())));
    }

    @Bean
    FileController fileController(Desk desk, Turnstile turnstile, GatewaySettings settings, InstantSource clock) {
        return new FileController(
                desk.files(), desk.batches(), turnstile, settings.batch().maxUploads(), clock);
    }

    /** Results have to outlive the batch that they are gathered for. */
    @Bean
    BatchController batchController(
            Desk desk,
            Turnstile turnstile,
            NamedEndpoint endpoint,
            GatewaySettings settings,
            KafkaSettings kafka,
            InstantSource clock) {
        Duration window = settings.batch().window();
        Duration kept = kafka.retention();
        return new BatchController(
                desk.batches(), turnstile, endpoint, window.compareTo(kept) < 0 ? window : kept, clock);
    }

    @Bean
    LineGate lineGate(Quotas quotas, CurrentCatalog catalog, DiskGuard disk) {
        return new QuotaGate(quotas, catalog, disk);
    }

    /** The same limits as for any other job; a batch waits where a call would be refused. */
    private record QuotaGate(Quotas quotas, CurrentCatalog catalog, DiskGuard disk) implements LineGate {

        private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(5);

        @Override
        public Optional<Duration> enter(TenantId id) {
            if (disk.check().isPresent()) {
                return Optional.of(UNTIL_THERE_IS_ROOM);
            }
            Optional<Tenant> tenant = catalog.get().tenants().find(id);
            return tenant.map(quotas::admit).flatMap(decision -> switch (decision) {
                case QuotaDecision.Granted _ -> Optional.empty();
                case QuotaDecision.Refused refused -> Optional.of(refused.pause());
            });
        }

        @Override
        public void left(TenantId id) {
            catalog.get().tenants().find(id).ifPresent(tenant -> quotas.ended(tenant.id()));
        }
    }

    @Bean
    Phased batchRunning(
            BlobPlace place,
            Desk desk,
            BatchIndex index,
            BatchTopic topic,
            LineGate gate,
            JobPublisher publisher,
            PendingReplies replies,
            JobStore store,
            CancelPublisher cancels,
            ResponseLookup responses,
            Conversation conversation,
            CurrentCatalog catalog,
            PartitionOwnership ownership,
            ProvisionedTopics topics,
            GatewaySettings settings,
            InstantSource clock) {
        if (place.blobs().isEmpty() || desk.files().isEmpty()) {
            return new Phased(Phased.AFTER_HTTP, () -> {}, () -> {});
        }
        RunTools tools = new RunTools(
                index,
                topic,
                desk.files().get(),
                place.blobs().get(),
                new LineJobs(
                        publisher,
                        replies,
                        new ReplyWait(store, settings.safetyNet(), clock),
                        store,
                        cancels,
                        clock,
                        Thread::sleep),
                gate,
                new SharedRoom(settings.batch().maxOpenLines(), BatchRunner.MAX_RUNS),
                new SharedRoom(settings.batch().maxOpenBytes().toBytes(), BatchRunner.MAX_RUNS),
                Map.of(
                        ChatLines.ENDPOINT,
                        new ChatLines(),
                        ResponseLines.ENDPOINT,
                        new ResponseLines(responses, conversation, Thread::sleep)),
                (tenant, model) -> catalog.get().route(model).isPresent()
                        && catalog.get().tenants().allows(tenant, model),
                (int) settings.maxBodyBytes().toBytes() + ENVELOPE_BYTES,
                clock,
                new SecureRandom(),
                Thread::sleep);
        BatchRunner runner = new BatchRunner(tools, id -> owns(ownership, topics, id.value()));
        return new Phased(Phased.AFTER_HTTP, runner::start, runner::close);
    }

    /** Whoever receives the results of a partition looks after the batches and files that hash to it, too. */
    private static boolean owns(PartitionOwnership ownership, ProvisionedTopics topics, String id) {
        return ownership.owns(JobPartitioner.partitionOf(id, topics.partitions()));
    }

    @Bean
    Phased batchHousekeeping(
            BlobPlace place,
            Desk desk,
            FileIndex files,
            BatchIndex index,
            BatchTopic topic,
            PartitionOwnership ownership,
            ProvisionedTopics topics,
            GatewaySettings settings,
            InstantSource clock) {
        if (place.blobs().isEmpty() || desk.files().isEmpty()) {
            return new Phased(Phased.AFTER_HTTP, () -> {}, () -> {});
        }
        Housekeeping keeping = new Housekeeping(
                files,
                index,
                desk.files().get(),
                topic,
                place.blobs().get(),
                settings.batch().fileLife(),
                clock);
        ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("batch-housekeeping").daemon().factory());
        return new Phased(
                Phased.AFTER_HTTP,
                () -> {
                    every(
                            keeper,
                            BETWEEN_CLEARINGS,
                            "Files and batches",
                            () -> keeping.clearExpired(id -> owns(ownership, topics, id)));
                    every(keeper, BETWEEN_ORPHAN_HUNTS, "Blobs that no file has", keeping::clearOrphans);
                },
                keeper::shutdownNow);
    }

    interface Chore {
        void run() throws BlobStoreException, InterruptedException;
    }

    /** @param what it clears away, in words that begin a sentence */
    static void every(ScheduledExecutorService keeper, Duration pause, String what, Chore chore) {
        var _ = keeper.scheduleWithFixedDelay(
                () -> {
                    try {
                        chore.run();
                    } catch (BlobStoreException failure) {
                        notCleared(what, pause, String.valueOf(failure.getMessage()));
                    } catch (LogUnavailableException | KafkaException failure) {
                        notCleared(
                                what,
                                pause,
                                "Kafka does not tell what is still in use (%s). Check that it runs and is where genapi.kafka.bootstrap-servers says."
                                        .formatted(failure.getMessage()));
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException bug) {
                        LOG.error("{} were not cleared away; that is tried again in {}", what, pause, bug);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void notCleared(String what, Duration pause, String reason) {
        LOG.warn("{} were not cleared away and keep their room; that is tried again in {}: {}", what, pause, reason);
    }
}
