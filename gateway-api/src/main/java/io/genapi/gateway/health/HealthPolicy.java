package io.genapi.gateway.health;

import io.genapi.gateway.health.HealthReport.Status;
import io.genapi.schemas.control.Heartbeat;
import io.genapi.schemas.control.VendorHealth;
import io.genapi.schemas.job.VendorName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges a situation: unhealthy where no job can be taken, degraded where jobs would wait for a worker, a store or a
 * vendor, or where a process could not follow the vendor catalog's file, and so would not start again.
 */
public final class HealthPolicy {

    private HealthPolicy() {}

    public static HealthReport judge(Situation situation) {
        List<VendorHealth> vendors = merge(situation.workers());
        Status kafka = situation.kafkaReachable() ? Status.HEALTHY : Status.UNHEALTHY;
        Status workers = situation.workers().isEmpty() ? Status.UNHEALTHY : Status.HEALTHY;
        Status store = situation.stores().isEmpty() ? Status.UNHEALTHY : Status.HEALTHY;
        Status catalog = situation
                        .instances()
                        .allMatch(instance -> instance.catalogProblem().isEmpty())
                ? Status.HEALTHY
                : Status.DEGRADED;
        return new HealthReport(
                status(situation, vendors, catalog), kafka, workers, store, catalog, situation, vendors);
    }

    private static Status status(Situation situation, List<VendorHealth> vendors, Status catalog) {
        if (!situation.kafkaReachable() || situation.ownedPartitions() == 0) {
            return Status.UNHEALTHY;
        }
        boolean vendorDown = vendors.stream().anyMatch(vendor -> vendor.status() == VendorHealth.Status.UNHEALTHY);
        return situation.workers().isEmpty() || situation.stores().isEmpty() || vendorDown ? Status.DEGRADED : catalog;
    }

    private static List<VendorHealth> merge(List<Heartbeat> workers) {
        return workers.stream()
                .flatMap(worker -> worker.vendors().stream())
                .collect(Collectors.groupingBy(vendor -> vendor.vendor().value(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(HealthPolicy::mergeOne)
                .toList();
    }

    /** The worst word of all workers that have asked the vendor, with the means of their numbers. */
    private static VendorHealth mergeOne(List<VendorHealth> views) {
        VendorName name = views.getFirst().vendor();
        List<VendorHealth> informed = views.stream()
                .filter(view -> view.status() != VendorHealth.Status.UNKNOWN)
                .toList();
        Optional<VendorHealth.Status> worst =
                informed.stream().map(VendorHealth::status).max(Comparator.comparingInt(HealthPolicy::severity));
        double meanMillis = informed.stream()
                .flatMap(view -> view.responseTime().stream())
                .mapToLong(Duration::toMillis)
                .average()
                .orElse(-1);
        Optional<Instant> lastCheck =
                informed.stream().flatMap(view -> view.lastCheck().stream()).max(Comparator.naturalOrder());
        double errorRate =
                informed.stream().mapToDouble(VendorHealth::errorRate).average().orElse(0);
        return new VendorHealth(
                name,
                worst.orElse(VendorHealth.Status.UNKNOWN),
                meanMillis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(meanMillis))),
                lastCheck,
                errorRate);
    }

    private static int severity(VendorHealth.Status status) {
        return switch (status) {
            case UNKNOWN -> 0;
            case HEALTHY -> 1;
            case DEGRADED -> 2;
            case UNHEALTHY -> 3;
        };
    }
}
