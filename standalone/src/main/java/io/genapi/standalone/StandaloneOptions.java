package io.genapi.standalone;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a standalone broker is started with. Immutable.
 *
 * @param data the directory that everything which outlives the process lies in; created where absent
 * @param port of the gateway; 0 for any free one
 * @param kafkaPort of the embedded broker; 0 for any free one
 * @param catalog the vendor catalog file
 * @param environment where vendors' keys are looked for
 * @param simulatorLatency how slow the simulated vendor is, in the simulator's own notation
 * @param settings further settings for all services, by their full names
 */
public record StandaloneOptions(
        Path data,
        int port,
        int kafkaPort,
        Path catalog,
        Map<String, String> environment,
        String simulatorLatency,
        Map<String, String> settings) {

    /** Enough for the parallelism of one machine, and few enough to open in a moment. */
    public static final int PARTITIONS = 6;

    /** The simulated vendor's usual latency: long enough to be seen, short enough not to be in the way. */
    public static final String SIMULATOR_LATENCY = "lognormal:mean=300ms,sigma=0.5";

    public StandaloneOptions {
        environment = Map.copyOf(environment);
        settings = Map.copyOf(settings);
    }

    Path kafkaData() {
        return data.resolve("kafka");
    }

    Path storeState() {
        return data.resolve("store");
    }
}
