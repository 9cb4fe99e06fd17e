package io.genapi.worker.config;

import io.genapi.inflight.InflightConsumer;
import io.genapi.inflight.lane.Gate;
import io.genapi.inflight.lane.Lane;
import io.genapi.runtime.catalog.Vendor;
import io.genapi.runtime.catalog.VendorCatalog;
import io.genapi.runtime.reload.CatalogFollower;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.admission.Admission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a worker takes jobs from, and how many of each at once: the lanes that it serves, and the parked jobs of every
 * vendor, each behind the gate that its vendor is. A vendor that the catalog no longer names has no gate: its jobs take
 * another, or fail with the reason. A new vendor's lane comes to those of the consumer that runs. Thread-safe.
 */
final class IntakeLanes implements CatalogFollower {

    private final TopicNames topics;
    private final Supplier<VendorCatalog> catalog;
    private final Admission admission;
    private final UnaryOperator<Set<VendorName>> parkedTopics;

    private final List<Lane> lanes;

    /** Vendors whose parked topic is there. */
    private final Set<VendorName> provisioned = new HashSet<>();

    /** Vendors whose parked topic has its lane. */
    private final Set<VendorName> read = new HashSet<>();

    private Optional<InflightConsumer<byte[], byte[]>> consumer = Optional.empty();

    /**
     * @param catalog the one that counts
     * @param parkedTopics makes sure that these vendors have their parked topics, and tells all who have one
     */
    IntakeLanes(
            WorkerSettings settings,
            TopicNames topics,
            Supplier<VendorCatalog> catalog,
            Admission admission,
            UnaryOperator<Set<VendorName>> parkedTopics) {
        this.topics = topics;
        this.catalog = catalog;
        this.admission = admission;
        this.parkedTopics = parkedTopics;
        Stream<Lane> requests = settings.lanes().stream().sorted().map(lane -> request(lane, settings, topics));
        lanes = new ArrayList<>(requests.toList());
        prepare(catalog.get());
        follow(catalog.get());
    }

    /** In their order: what the worker serves, then what is parked, each by name where it came at once. */
    synchronized List<Lane> all() {
        return List.copyOf(lanes);
    }

    /** A consumer of all lanes, which gets those that come later too, until another one takes its place. */
    synchronized InflightConsumer<byte[], byte[]> open(Function<List<Lane>, InflightConsumer<byte[], byte[]>> maker) {
        InflightConsumer<byte[], byte[]> opened = maker.apply(all());
        consumer = Optional.of(opened);
        return opened;
    }

    @Override
    public synchronized void prepare(VendorCatalog next) {
        Set<VendorName> vendors = next.vendors().stream().map(Vendor::name).collect(Collectors.toUnmodifiableSet());
        if (!provisioned.containsAll(vendors)) {
            provisioned.addAll(parkedTopics.apply(vendors));
        }
    }

    @Override
    public synchronized void follow(VendorCatalog next) {
        provisioned.stream()
                .filter(read::add)
                .map(VendorName::value)
                .sorted()
                .map(vendor -> parked(new VendorName(vendor)))
                .forEach(lane -> {
                    lanes.add(lane);
                    consumer.ifPresent(running -> running.add(lane));
                });
    }

    private Lane parked(VendorName vendor) {
        Gate gate = () -> catalog.get().vendor(vendor).isPresent() ? admission.room(vendor) : Gate.OPEN.room();
        return Lane.of("parked-" + vendor, 0, topics.parked(vendor)).withGate(gate);
    }

    private static Lane request(io.genapi.schemas.job.Lane lane, WorkerSettings settings, TopicNames topics) {
        WorkerSettings.Shares shares = settings.shares();
        int percent = switch (lane) {
            case PRIORITY -> shares.priority();
            case DEFAULT -> shares.standard();
            case FLEX -> shares.flex();
        };
        int share = (int) ((long) settings.maxInFlight() * percent / 100);
        Lane whole = Lane.of(lane.wireName(), share, topics.requests(lane));
        return lane == io.genapi.schemas.job.Lane.PRIORITY ? whole.withoutLending() : whole;
    }
}
