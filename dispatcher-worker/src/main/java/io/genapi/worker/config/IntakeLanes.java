package io.genapi.worker.config;

import io.genapi.inflight.lane.Gate;
import io.genapi.inflight.lane.Lane;
import io.genapi.schemas.job.VendorName;
import io.genapi.schemas.kafka.TopicNames;
import io.genapi.worker.admission.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a worker takes jobs from, and how many of each at once. */
final class IntakeLanes {

    private IntakeLanes() {}

    /**
     * The lanes that the worker serves, and the parked jobs of every vendor, each behind the gate that its vendor is. A
     * vendor that the catalog no longer names has no gate: its jobs take another, or fail with the reason.
     *
     * @param served vendors of the catalog
     * @param parked vendors that have a parked topic
     */
    static List<Lane> of(
            WorkerSettings settings,
            TopicNames topics,
            Admission admission,
            Set<VendorName> served,
            Set<VendorName> parked) {
        Stream<Lane> requests = settings.lanes().stream().sorted().map(lane -> request(lane, settings, topics));
        List<Lane> lanes = new ArrayList<>(requests.toList());
        parked.stream().map(VendorName::value).sorted().map(VendorName::new).forEach(vendor -> {
            Gate gate = served.contains(vendor) ? () -> admission.room(vendor) : Gate.OPEN;
            lanes.add(Lane.of("parked-" + vendor, 0, topics.parked(vendor)).withGate(gate));
        });
        return List.copyOf(lanes);
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
