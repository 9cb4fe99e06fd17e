package io.genapi.simulator.commandline;

import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.behaviour.Behaviour;
import io.genapi.simulator.fault.ErrorRate;
import io.genapi.simulator.fault.RetryAfter;
import io.genapi.simulator.latency.DurationNotation;
import io.genapi.simulator.latency.LatencyNotation;
import io.genapi.simulator.tls.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the simulator; runs until it is interrupted or terminated. */
@Command(
        name = "vendor-simulator",
        mixinStandardHelpOptions = true,
        version = "vendor-simulator 0.1.0",
        sortOptions = false,
        description = "An HTTP server that behaves like the APIs of vendors, with latency and faults on demand.",
        footer = {
            "",
            "While it runs: GET /simulator/stats, GET and DELETE /simulator/calls,",
            "GET, PUT and PATCH /simulator/behaviour, GET, POST and DELETE /simulator/faults and /simulator/outages.",
            "",
            "Exit codes: 1 could not start, 2 wrong arguments; stopped by a signal, 128 plus its number."
        })
final class SimulatorCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host = "";

    @Option(names = "--port", defaultValue = "9999", description = "Port; 0 for a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--tls",
            defaultValue = "none",
            description =
                    "none, self-signed, expired or wrong-host: HTTPS, and HTTP/2 for clients that offer it, with a"
                            + " certificate made at the start (${DEFAULT-VALUE}).")
    private String tls = "";

    @Option(names = "--certificate", description = "File to write that certificate to, for a client to trust.")
    private @Nullable Path certificate;

    @Option(names = "--key", description = "An API key to accept; repeatable. Without it everybody is accepted.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--model", description = "A model to know; repeatable. Without it every model is known.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--latency",
            defaultValue = "none",
            description = "none, 2s, uniform:min=1s,max=3s or lognormal:mean=2s,sigma=0.5 (${DEFAULT-VALUE}).")
    private String latency = "";

    @Option(
            names = "--time-per-token",
            defaultValue = "0",
            description = "Between the tokens of a stream, such as 20ms (${DEFAULT-VALUE}).")
    private String timePerToken = "";

    @Option(
            names = "--error-rate",
            defaultValue = "0",
            description = "Share of calls that fail, from 0 to 1 (${DEFAULT-VALUE}).")
    private double errorRate;

    @Option(
            names = "--error-status",
            split = ",",
            defaultValue = "500",
            description = "Statuses of those that fail, each equally likely (${DEFAULT-VALUE}).")
    private List<Integer> errorStatuses = new ArrayList<>();

    @Option(names = "--retry-after", description = "retry-after of those that fail, in seconds.")
    private @Nullable Long retryAfter;

    @Option(names = "--retry-after-ms", description = "retry-after-ms of those that fail, in milliseconds.")
    private @Nullable Long retryAfterMillis;

    @Option(names = "--requests-per-minute", description = "Above it calls are answered with 429; without it never.")
    private @Nullable Integer requestsPerMinute;

    @Option(names = "--seed", defaultValue = "42", description = "Of everything left to chance (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--journal",
            defaultValue = "10000",
            description = "Calls to remember for /simulator/calls (${DEFAULT-VALUE}).")
    private int journalCapacity;

    @Override
    public Integer call() throws InterruptedException, IOException {
        SimulatorOptions options = options();
        VendorSimulator simulator = VendorSimulator.start(options);
        if (certificate != null && simulator.certificatePem().isPresent()) {
            Files.writeString(certificate, simulator.certificatePem().get());
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            simulator.close();
                            // A JVM that a signal ends has the signal's exit code otherwise.
                            Runtime.getRuntime().halt(0);
                        },
                        "simulator-shutdown"));
        System.out.println("The vendor simulator serves " + simulator.baseUri());
        Thread.currentThread().join();
        return 0;
    }

    SimulatorOptions options() {
        try {
            return new SimulatorOptions(
                    host, port, encryption(), new LinkedHashSet<>(keys), models, seed, journalCapacity, behaviour());
        } catch (IllegalArgumentException refused) {
            if (spec == null) {
                throw refused;
            }
            throw new ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }

    private Behaviour behaviour() {
        RetryAfter comeBack = new RetryAfter(optional(retryAfter), optional(retryAfterMillis));
        return new Behaviour(
                LatencyNotation.parse(latency),
                DurationNotation.parse("time per token", timePerToken),
                new ErrorRate(errorRate, errorStatuses, comeBack),
                requestsPerMinute == null ? OptionalInt.empty() : OptionalInt.of(requestsPerMinute),
                false,
                false);
    }

    private Encryption encryption() {
        return Arrays.stream(Encryption.values())
                .filter(each -> spelled(each).equals(tls))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "tls '" + tls + "' is none; use none, self-signed, expired or wrong-host"));
    }

    private static String spelled(Encryption encryption) {
        return encryption.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
