package io.genapi.chaos.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment consists of.
 *
 * @param vendors simulators by name, each with its arguments; the first is the one that {@link Deployment#simulator()} is
 * @param catalog the vendor catalog, made from the simulators' addresses; empty for the first simulator in every
 *     vendor's place
 * @param environment of the services
 */
public record Layout(
        int brokers,
        int partitions,
        int gateways,
        int workers,
        int stores,
        Map<String, List<String>> vendors,
        Optional<CatalogWriter> catalog,
        Map<String, String> environment) {

    /** Writes a vendor catalog. */
    public interface CatalogWriter {

        /** @param urls what a catalog's {@code base-url} wants, by the simulator's name */
        Path write(Path directory, Map<String, String> urls);
    }

    /** One simulator in every vendor's place. */
    public static Layout simulated(
            int brokers, int partitions, int gateways, int workers, int stores, List<String> simulatorArguments) {
        return new Layout(
                brokers,
                partitions,
                gateways,
                workers,
                stores,
                Map.of("simulator", simulatorArguments),
                Optional.empty(),
                Map.of());
    }
}
