package io.genapi.standalone;

import io.genapi.embeddedkafka.EmbeddedKafka;
import io.genapi.embeddedkafka.KafkaNode;
import io.genapi.gateway.GatewayService;
import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.catalog.NoVendorKeyException;
import io.genapi.runtime.service.RunningService;
import io.genapi.runtime.service.ServiceDefinition;
import io.genapi.runtime.service.ServiceLauncher;
import io.genapi.runtime.service.StartException;
import io.genapi.schemas.job.VendorName;
import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.latency.LatencyNotation;
import io.genapi.store.StoreService;
import io.genapi.worker.WorkerService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running standalone broker. What it accepted outlives it, in its data directory. Thread-safe. */
public final class Standalone implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

    private final StandaloneOptions options;
    private final StartListener listener;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable StandaloneState state;

    private Standalone(StandaloneOptions options, StartListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * Starts all parts and returns when the gateway answers.
     *
     * @throws StartException if it cannot start for a reason that its user can mend; nothing is left running then
     */
    public static Standalone start(StandaloneOptions options, StartListener listener) {
        Standalone standalone = new Standalone(options, listener);
        try {
            standalone.startParts();
            return standalone;
        } catch (RuntimeException failure) {
            try {
                standalone.close();
            } catch (IllegalStateException unclean) {
                failure.addSuppressed(unclean);
            }
            throw failure;
        }
    }

    /** Where it answers and who it is. */
    public StandaloneState state() {
        StandaloneState started = state;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    private void startParts() {
        refuseTakenPort(options.port(), "--port");
        refuseTakenPort(options.kafkaPort(), "--kafka-port");
        parts.push(DataDirectory.open(options.data()));
        StandaloneState.remove(options.data());
        Optional<VendorSimulator> simulator = simulatorWhereNoKeyIs();
        EmbeddedKafka kafka = startKafka();

        Map<String, String> settings = settings(kafka, simulator);
        RunningService gateway = startServices(settings);
        state = new StandaloneState(
                ProcessHandle.current().pid(),
                URI.create("http://127.0.0.1:" + gateway.port()),
                kafka.bootstrapServers(),
                simulator.map(_ -> "simulator").orElseGet(this::vendorNames),
                Optional.of(DevelopmentReceivers.NOTICE).filter(_ -> DevelopmentReceivers.areAllowed(settings)),
                Instant.now());
        state.write(options.data());
    }

    private Optional<VendorSimulator> simulatorWhereNoKeyIs() {
        try {
            vendorNames();
            return Optional.empty();
        } catch (NoVendorKeyException keyless) {
            LOG.debug("Starting the vendor simulator", keyless);
        }
        Instant begin = Instant.now();
        VendorSimulator simulator = VendorSimulator.start(SimulatorOptions.PLAIN);
        simulator.change(now -> now.withLatency(LatencyNotation.parse(options.simulatorLatency())));
        parts.push(simulator);
        report("Vendor simulator", simulator.baseUri().toString(), begin);
        return Optional.of(simulator);
    }

    private String vendorNames() {
        return CatalogFile.callable(options.catalog(), options.environment()).stream()
                .map(VendorName::value)
                .collect(Collectors.joining(", "));
    }

    private EmbeddedKafka startKafka() {
        Instant begin = Instant.now();
        int port = options.kafkaPort() == 0 ? EmbeddedKafka.freePort() : options.kafkaPort();
        EmbeddedKafka kafka =
                EmbeddedKafka.start(KafkaNode.single(options.kafkaData(), port, EmbeddedKafka.freePort()));
        parts.push(kafka);
        report("Kafka", kafka.bootstrapServers(), begin);
        return kafka;
    }

    private Map<String, String> settings(EmbeddedKafka kafka, Optional<VendorSimulator> simulator) {
        Map<String, String> settings = new HashMap<>();
        settings.put("genapi.kafka.bootstrap-servers", kafka.bootstrapServers());
        settings.put("genapi.kafka.partitions", Integer.toString(StandaloneOptions.PARTITIONS));
        settings.put("genapi.catalog", options.catalog().toString());
        settings.put(
                "genapi.blob.directory",
                options.data().resolve("blobs").toAbsolutePath().toString());
        settings.put("genapi.gateway.disk.path", options.data().toAbsolutePath().toString());
        settings.put(
                "genapi.store.state-dir", options.storeState().toAbsolutePath().toString());
        simulator.ifPresent(
                vendor -> settings.put("genapi.simulator-url", vendor.baseUri().toString()));
        settings.putAll(DevelopmentReceivers.settings(options));
        settings.putAll(options.settings());
        return settings;
    }

    /** The three at once: each waits for Kafka most of the time. */
    private RunningService startServices(Map<String, String> settings) {
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<RunningService> store =
                    CompletableFuture.supplyAsync(() -> start(StoreService.DEFINITION, settings, 0), starters);
            CompletableFuture<RunningService> worker =
                    CompletableFuture.supplyAsync(() -> start(WorkerService.DEFINITION, settings, 0), starters);
            CompletableFuture<RunningService> gateway = CompletableFuture.supplyAsync(
                    () -> start(GatewayService.DEFINITION, settings, options.port()), starters);
            CompletableFuture.allOf(store, worker, gateway).join();
            return gateway.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private RunningService start(ServiceDefinition definition, Map<String, String> settings, int port) {
        Instant begin = Instant.now();
        Map<String, Object> own = new HashMap<>(settings);
        own.put("server.port", port);
        RunningService service = ServiceLauncher.start(definition, own);
        synchronized (parts) {
            parts.push(service);
        }
        report(definition.name(), "http://127.0.0.1:" + service.port(), begin);
        return service;
    }

    private void report(String part, String where, Instant begin) {
        listener.started(part, where, Duration.between(begin, Instant.now()));
    }

    private static void refuseTakenPort(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new StartException(
                    "Port %d is in use. Stop what listens there, or choose another with %s.".formatted(port, option));
        }
    }

    /**
     * Stops all parts in good order: the services first, Kafka and the vendor after them, the directory last.
     *
     * @throws IllegalStateException if a part did not stop so; the others have stopped all the same
     */
    @Override
    public void close() {
        if (state != null) {
            StandaloneState.remove(options.data());
        }
        IllegalStateException failed = null;
        for (AutoCloseable part = nextPart(); part != null; part = nextPart()) {
            try {
                part.close();
            } catch (Exception failure) {
                failed = failed == null ? new IllegalStateException("A part did not stop in good order") : failed;
                failed.addSuppressed(failure);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private @Nullable AutoCloseable nextPart() {
        synchronized (parts) {
            return parts.poll();
        }
    }
}
