package io.genapi.worker.config;

import io.genapi.runtime.blob.BlobSettings;
import io.genapi.runtime.blob.BlobStore;
import io.genapi.runtime.blob.PlaceOwner;
import io.genapi.runtime.claim.BodyOpening;
import io.genapi.runtime.claim.PatientBodies;
import io.genapi.runtime.claim.PlaceWatch;
import io.genapi.runtime.claim.StoredBodies;
import io.genapi.runtime.heartbeat.OpenPlaces;
import io.genapi.runtime.kafka.KafkaSettings;
import io.genapi.runtime.kafka.ProvisionedTopics;
import io.genapi.runtime.service.Phased;
import io.genapi.worker.body.Bodies;
import io.genapi.worker.telemetry.ErrorCounter;
import io.genapi.worker.telemetry.ObservedBodies;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The bodies of large jobs, and what gateways are told of where they lie. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BlobSettings.class)
class BodyConfiguration {

    private static final BodyOpening NO_PLACE = new BodyOpening.Unavailable(
            "This worker has no place of blobs. Set genapi.blob.directory or genapi.blob.s3.bucket to the one that gateways have.");

    /** The place that the settings name, if they do. */
    record Place(Optional<PatientBodies> bodies, Optional<PlaceWatch> watch) {

        static Place of(BlobStore blobs, WorkerSettings settings, InstantSource clock) {
            StoredBodies stored = new StoredBodies(blobs, clock, new SecureRandom());
            int atOnce = settings.bodies().atOnce(settings.maxBytesInFlight().toBytes(), settings.maxInFlight());
            return new Place(
                    Optional.of(
                            new PatientBodies(stored::open, settings.bodies().patience(), atOnce, clock)),
                    Optional.of(new PlaceWatch(blobs, clock)));
        }
    }

    @Bean
    Place place(
            BlobSettings settings,
            WorkerSettings worker,
            KafkaSettings kafka,
            ProvisionedTopics topics,
            InstantSource clock) {
        return settings.openToRead(new PlaceOwner(topics.cluster(), kafka.topicPrefix()))
                .map(blobs -> Place.of(blobs, worker, clock))
                .orElseGet(() -> new Place(Optional.empty(), Optional.empty()));
    }

    /** Where the settings name no place, jobs whose bodies lie in one wait for a worker that has it. */
    @Bean
    Bodies bodies(Place place, ErrorCounter errors, InstantSource clock) {
        Bodies bodies = place.bodies().<Bodies>map(patient -> patient::open).orElse(_ -> NO_PLACE);
        return new ObservedBodies(bodies, errors, clock);
    }

    /** A place that answers a look may still open no bodies. */
    @Bean
    OpenPlaces openPlaces(Place place) {
        return () -> place.watch().flatMap(PlaceWatch::place).stream()
                .filter(id -> place.bodies().orElseThrow().canOpen(id))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Bean
    Phased placeWatching(Place place) {
        return new Phased(
                Phased.BEFORE_HTTP,
                () -> place.watch().ifPresent(PlaceWatch::start),
                () -> place.watch().ifPresent(PlaceWatch::close));
    }
}
