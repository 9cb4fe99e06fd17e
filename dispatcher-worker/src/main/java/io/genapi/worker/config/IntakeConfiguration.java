package io.genapi.worker.config;

import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.InflightOptions;
import io.genapi.inflight.lane.Lane;
import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.kafka.TopicProvisioner;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.kafka.RequestRecords;
import io.genapi.worker.admission.Admission;
import io.genapi.worker.dispatch.Dispatcher;
import io.genapi.worker.intake.Intake;
import io.genapi.worker.intake.OnceOnly;
import io.genapi.worker.kafka.CancellationReader;
import io.genapi.worker.kafka.DeadLetters;
import io.genapi.worker.kafka.FormerWorkers;
import io.genapi.worker.kafka.HandedOverJobs;
import io.genapi.worker.kafka.IntakeConsumer;
import io.genapi.worker.kafka.IntakeReadiness;
import io.genapi.worker.kafka.JobIntake;
import io.genapi.worker.kafka.ParkedJobs;
import io.genapi.worker.original.OriginalCheck;
import io.genapi.worker.peer.ClaimController;
import io.genapi.worker.peer.PeerClaims;
import io.genapi.worker.result.FinishedJobs;
import io.genapi.worker.store.StoreFinishedJobs;
import io.genapi.worker.store.StoreOriginals;
import io.genapi.worker.telemetry.ErrorCounter;
import io.genapi.worker.telemetry.IntakeLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** How jobs come in: the consumer of the request topics and of the parked ones, and what is done with their records. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    /** A store may lag behind Kafka on a busy machine; a job that waits for it is cheaper than a call that is paid twice. */
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(10);

    /** It is told from the store's table at once; who gets no answer asks again. */
    private static final Duration ORIGINAL_PATIENCE = Duration.ofSeconds(1);

    /** A partition that moved here brings many questions in one poll. */
    private static final Duration STORE_GATHERING = Duration.ofMillis(20);

    private static final Duration PEER_PATIENCE = Duration.ofMillis(1_500);
    private static final Duration CONTROL_PATIENCE = Duration.ofSeconds(30);
    private static final int REMEMBERED_JOBS_PER_PERMIT = 8;

    @Bean
    OriginalCheck originalCheck(PeerDirectory peers, InstantSource clock) {
        return new OriginalCheck(new StoreOriginals(stores(peers), ORIGINAL_PATIENCE), Thread::sleep, clock);
    }

    @Bean
    JobIntake jobIntake(
            Dispatcher dispatcher,
            KafkaTemplate<byte[], byte[]> resultProducer,
            KafkaTemplate<byte[], byte[]> letterProducer,
            ProvisionedTopics topics,
            OriginalCheck originals,
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
                originals,
                telemetry,
                clock);
    }

    /** @param topics exist first: their names' prefix is then known not to contradict the settings */
    @Bean
    IntakeLanes intakeLanes(
            WorkerSettings settings,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            CurrentCatalog catalog,
            Admission admission) {
        return new IntakeLanes(
                settings,
                topics.names(),
                catalog,
                admission,
                vendors -> TopicProvisioner.provisionParked(kafka, vendors));
    }

    private static InflightOptions options(WorkerSettings settings, List<Lane> lanes) {
        return InflightOptions.builder("genapi-worker")
                .lanes(lanes)
                .maxInFlight(settings.maxInFlight())
                .maxInFlightPerPartition(settings.maxInFlightPerPartition())
                .maxBytesInFlight(settings.maxBytesInFlight().toBytes())
                .metadataBudgetBytes(settings.metadataBudget())
                .grace(settings.grace())
                .handOverLease(settings.handOverLease())
                // A job that failed with a bug may have been paid for already; it is not run again.
                .retries(1, Duration.ofMillis(200), Duration.ofSeconds(10))
                .build();
    }

    @Bean
    Intake intake(
            WorkerSettings settings,
            IntakeLanes lanes,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            JobIntake jobs,
            OriginalCheck originals,
            PeerDirectory peers,
            ProcessIdentity identity,
            ErrorCounter errors,
            MeterRegistry meters,
            RandomGenerator random,
            InstantSource clock) {
        OnceOnly<IntakeConsumer.Place> once =
                new OnceOnly<>(settings.maxInFlight(), REMEMBERED_JOBS_PER_PERMIT * settings.maxInFlight());
        Map<String, Object> properties = consumerProperties(kafka, topics);
        HandedOverJobs handedOver = new HandedOverJobs(finishedJobs(peers), originals, topics.names());
        FormerWorkers formerWorkers = new FormerWorkers(otherWorkers(peers, identity, settings.handOverLease(), clock));
        Intake intake = new Intake(
                () -> new IntakeConsumer(
                        once,
                        jobs,
                        jobs,
                        (handler, poison) -> lanes.open(all -> InflightConsumer.builder(
                                        options(settings, all),
                                        properties,
                                        new ByteArrayDeserializer(),
                                        new ByteArrayDeserializer())
                                .deferringHandler(handler)
                                .poison(poison)
                                .handOver(handedOver)
                                .formerOwners(formerWorkers)
                                .orderedBy(
                                        record -> RequestRecords.orderOf(record).orElse(null))
                                .bytesBeside(RequestRecords::bytesElsewhere)
                                .meters(meters)
                                .build())),
                new IntakeLog(errors),
                Thread::sleep,
                System::nanoTime,
                random);
        Gauge.builder("genapi.active.requests", intake, Intake::inFlight)
                .description("jobs that this worker works on")
                .register(meters);
        return intake;
    }

    private static Map<String, Object> consumerProperties(KafkaSettings kafka, ProvisionedTopics topics) {
        Map<String, Object> properties = new HashMap<>(kafka.consumerProperties("genapi-worker"));
        properties.put("group.id", topics.names().prefix() + "-workers");
        properties.put("group.protocol", "consumer");
        // Each lane's partitions over all workers; the default one only sees to it that all have equally many.
        properties.put("group.remote.assignor", "range");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("fetch.max.bytes", WorkerSettings.FETCH_BYTES);
        properties.put("max.partition.fetch.bytes", WorkerSettings.PARTITION_FETCH_BYTES);
        properties.put("max.poll.records", WorkerSettings.POLL_RECORDS);
        return Map.copyOf(properties);
    }

    private static FinishedJobs finishedJobs(PeerDirectory peers) {
        return new StoreFinishedJobs(stores(peers), STORE_PATIENCE, STORE_GATHERING);
    }

    private static Supplier<List<URI>> stores(PeerDirectory peers) {
        return () -> peers.alive(Heartbeat.Service.STORE).stream()
                .map(Heartbeat::address)
                .toList();
    }

    /** Also those that were not heard lately: whoever is cut off from Kafka cannot say that it lives. */
    private static PeerClaims otherWorkers(
            PeerDirectory peers, ProcessIdentity identity, Duration handOverLease, InstantSource clock) {
        return new PeerClaims(
                () -> peers.heardOf(Heartbeat.Service.WORKER).stream()
                        .filter(worker -> !worker.instance().equals(identity.instance()))
                        .map(Heartbeat::address)
                        .toList(),
                PEER_PATIENCE,
                handOverLease,
                clock);
    }

    @Bean
    ClaimController claimController(Intake intake) {
        return new ClaimController(intake);
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
