package io.genapi.systemtests.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment consists of.
 *
 * @param name of the directory of its data and logs
 * @param each how many gateways, workers and stores; as many of each
 * @param catalog the vendor catalog, made from the simulator's address; empty for the simulator in every vendor's place
 * @param environment of the services
 */
record Layout(
        String name,
        int brokers,
        int partitions,
        int each,
        List<String> simulatorArguments,
        Optional<CatalogWriter> catalog,
        Map<String, String> environment) {

    /** Writes a vendor catalog. */
    interface CatalogWriter {
        Path write(Path directory, String vendorUrl);
    }
}
