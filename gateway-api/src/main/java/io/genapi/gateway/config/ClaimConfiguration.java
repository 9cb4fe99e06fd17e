package io.genapi.gateway.config;

import io.genapi.gateway.claim.ClaimClearing;
import io.genapi.gateway.claim.ClaimNews;
import io.genapi.gateway.claim.ClaimingPublisher;
import io.genapi.gateway.claim.Openers;
import io.genapi.gateway.claim.SpareRoom;
import io.genapi.gateway.job.Bodies;
import io.genapi.gateway.kafka.ClaimedLetterReader;
import io.genapi.gateway.kafka.KafkaJobPublisher;
import io.genapi.gateway.submit.JobPublisher;
import io.genapi.runtime.blob.BlobSettings;
import io.genapi.runtime.blob.PlaceOwner;
import io.genapi.runtime.claim.BodyOpening;
import io.genapi.runtime.claim.PatientBodies;
import io.genapi.runtime.claim.PlaceWatch;
import io.genapi.runtime.claim.StoredBodies;
import io.genapi.runtime.heartbeat.PeerDirectory;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.runtime.service.ProcessIdentity;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.kafka.RequestRecords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** The place of blobs, and the way of jobs to Kafka, which is by that place for the bodies of large ones. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BlobSettings.class)
class ClaimConfiguration {

    private static final Duration BETWEEN_CLEARINGS = Duration.ofHours(1);

    /** Of up to 10 MiB each. */
    private static final int OPENED_AT_ONCE = 8;

    private static final BodyOpening NO_PLACE = new BodyOpening.Unavailable(
            "This gateway has no place of blobs. Set genapi.blob.directory or genapi.blob.s3.bucket to the one that other gateways have.");

    @Bean
    BlobPlace blobPlace(BlobSettings settings, KafkaSettings kafka, ProvisionedTopics topics) {
        return new BlobPlace(settings.open(new PlaceOwner(topics.cluster(), kafka.topicPrefix())));
    }

    /** The bodies in that place. */
    record Stored(Optional<StoredBodies> bodies) {}

    @Bean
    Stored storedBodies(BlobPlace place, InstantSource clock) {
        return new Stored(place.blobs().map(blobs -> new StoredBodies(blobs, clock, new SecureRandom())));
    }

    @Bean
    Bodies bodies(Stored stored, GatewaySettings settings, InstantSource clock) {
        return stored.bodies()
                .map(bodies ->
                        new PatientBodies(bodies::open, settings.claimCheck().patience(), OPENED_AT_ONCE, clock))
                .<Bodies>map(patient -> patient::open)
                .orElse(_ -> NO_PLACE);
    }

    @Bean
    JobPublisher jobPublisher(
            KafkaTemplate<byte[], byte[]> jobProducer,
            ProvisionedTopics topics,
            ProcessIdentity identity,
            BlobPlace place,
            Stored stored,
            Openers openers,
            GatewaySettings settings,
            PrometheusMeterRegistry meters,
            InstantSource clock) {
        JobPublisher publisher = new KafkaJobPublisher(
                jobProducer,
                new RequestRecords(topics.names()),
                identity.source(),
                topics.partitions(),
                settings.publishPatience());
        if (place.blobs().isEmpty()
                || stored.bodies().isEmpty()
                || !settings.claimCheck().enabled()) {
            return publisher;
        }
        return new ClaimingPublisher(
                publisher,
                new SpareRoom(
                        stored.bodies().get()::put,
                        place.blobs().get(),
                        settings.claimCheck().minFree().toBytes()),
                openers,
                settings.claimCheck().rules(),
                new CountedClaims(counter(meters, "put_away"), counter(meters, "in_record")),
                clock);
    }

    /** The id of the gateway's own place, as it answers. */
    record Watched(Optional<PlaceWatch> watch) {}

    @Bean
    Watched watchedPlace(BlobPlace place, InstantSource clock) {
        return new Watched(place.blobs().map(blobs -> new PlaceWatch(blobs, clock)));
    }

    @Bean
    Phased placeWatching(Watched place) {
        return new Phased(
                Phased.BEFORE_HTTP,
                () -> place.watch().ifPresent(PlaceWatch::start),
                () -> place.watch().ifPresent(PlaceWatch::close));
    }

    @Bean
    Openers openers(Watched place, PeerDirectory peers) {
        return new Openers(
                () -> place.watch().flatMap(PlaceWatch::place),
                () -> place.watch().map(PlaceWatch::absence).orElse("genapi.blob.* names none."),
                () -> peers.alive(Heartbeat.Service.WORKER));
    }

    private static Counter counter(PrometheusMeterRegistry meters, String how) {
        return Counter.builder("genapi.gateway.large.requests")
                .description("Requests over the threshold of claim checks, by how their bodies travel")
                .tag("body", how)
                .register(meters);
    }

    private record CountedClaims(Counter away, Counter inline) implements ClaimNews {

        @Override
        public void putAway() {
            away.increment();
        }

        @Override
        public void inRecord() {
            inline.increment();
        }
    }

    @Bean
    Phased claimClearing(
            BlobPlace place,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            GatewaySettings settings,
            InstantSource clock) {
        if (place.blobs().isEmpty()) {
            return new Phased(Phased.AFTER_HTTP, () -> {}, () -> {});
        }
        ClaimClearing clearing = new ClaimClearing(
                place.blobs().get(),
                new ClaimedLetterReader(
                        () -> new KafkaConsumer<>(
                                kafka.consumerProperties("genapi-gateway-claims"),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer()),
                        topics.names().deadLetters()),
                kafka.retention(),
                longer(kafka.retention(), longer(settings.asyncDeadline(), settings.waitDeadline())),
                clock);
        ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("claim-clearing").daemon().factory());
        return new Phased(
                Phased.AFTER_HTTP,
                () -> BatchConfiguration.every(
                        keeper, BETWEEN_CLEARINGS, "The bodies of large requests", clearing::clear),
                keeper::shutdownNow);
    }

    /** No header names a deadline beyond the retention, but the settings might. */
    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
