package io.genapi.chaos.cluster;

import io.genapi.chaos.http.Api;
import io.genapi.chaos.kafka.KafkaCluster;
import io.genapi.chaos.process.Installation;
import io.genapi.chaos.process.Program;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.process.Spawned;
import io.genapi.chaos.vendor.Simulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Brokers, simulated vendors, and some of each service, all processes of their own. */
public class Deployment implements AutoCloseable {

    private static final String VENDOR_IS_READY = "/simulator/stats";

    private final Installation installation;
    private final Layout layout;
    private final Path directory;
    private final KafkaCluster kafka;
    private final Map<String, ServiceProcess> vendors = new LinkedHashMap<>();
    private final Fleet stores;
    private final Fleet workers;
    private final Fleet gateways;
    private List<String> vendorArguments = List.of();

    /**
     * Starts everything and returns when it is ready.
     *
     * @param directory of its data and logs
     */
    public Deployment(Installation installation, Path directory, Layout layout) {
        this.installation = installation;
        this.layout = layout;
        this.directory = directory.toAbsolutePath();
        this.kafka = new KafkaCluster(installation, this.directory, layout.brokers());
        this.stores = new Fleet("store", layout.stores(), this::launchStore);
        this.workers = new Fleet(
                "worker", layout.workers(), (name, settings) -> launchWithBlobs(Program.WORKER, name, settings));
        this.gateways = new Fleet(
                "gateway", layout.gateways(), (name, settings) -> launchWithBlobs(Program.GATEWAY, name, settings));
        try {
            startVendors();
            kafka.start();
            vendors.values().forEach(vendor -> vendor.awaitReady(VENDOR_IS_READY));
            vendorArguments = vendorArguments();
            complete();
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void startVendors() {
        layout.vendors()
                .forEach((name, arguments) -> vendors.put(
                        name,
                        ServiceProcess.start(installation, Program.SIMULATOR, name, directory, arguments, Map.of())));
    }

    private List<String> vendorArguments() {
        Optional<Layout.CatalogWriter> writer = layout.catalog();
        if (writer.isEmpty()) {
            return List.of(
                    "--config",
                    installation.catalog().toString(),
                    "--set",
                    "genapi.simulator-url=" + simulator().vendorUrl());
        }
        Map<String, String> urls = new LinkedHashMap<>();
        vendors.keySet().forEach(name -> urls.put(name, simulator(name).vendorUrl()));
        return List.of("--config", writer.get().write(directory, urls).toString());
    }

    /** Brings the deployment back to its layout, with vendors that behave, after parts of it came or went. */
    public final void complete() {
        List<String> gone = vendors.entrySet().stream()
                .filter(vendor -> !vendor.getValue().process().isAlive())
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(this::restartVendor);
        vendors.keySet().forEach(name -> simulator(name).reset());
        List<Fleet> fleets = List.of(stores, workers, gateways);
        fleets.forEach(Fleet::restore);
        fleets.forEach(fleet -> fleet.alive().forEach(ServiceProcess::awaitReady));
    }

    private ServiceProcess launchStore(String name, Map<String, String> settings) {
        Map<String, String> withState = new LinkedHashMap<>(settings);
        withState.put(
                "genapi.store.state-dir", directory.resolve("state-" + name).toString());
        return launch(Program.STORE, name, withState);
    }

    /** All of them share a place for files and large requests, but for those that name another one. */
    private ServiceProcess launchWithBlobs(Program program, String name, Map<String, String> settings) {
        Map<String, String> withBlobs = new LinkedHashMap<>(settings);
        if (settings.keySet().stream().noneMatch(setting -> setting.startsWith("genapi.blob."))) {
            withBlobs.put("genapi.blob.directory", blobs().toString());
        }
        return launch(program, name, withBlobs);
    }

    /** Where gateways and workers keep what is large, unless they were started with a setting of their own. */
    public final Path blobs() {
        return directory.resolve("blobs");
    }

    private ServiceProcess launch(Program program, String name, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap", kafka.bootstrapServers(), "--set", "genapi.kafka.partitions=" + layout.partitions()));
        arguments.addAll(vendorArguments);
        settings.forEach((setting, value) -> arguments.addAll(List.of("--set", setting + "=" + value)));
        return ServiceProcess.start(installation, program, name, directory, arguments, layout.environment());
    }

    /** One more worker; returns when it is ready. */
    public final ServiceProcess startWorker() {
        return startWorker(Map.of());
    }

    /** One more worker with settings of its own, by their full names; returns when it is ready. */
    public final ServiceProcess startWorker(Map<String, String> settings) {
        return workers.add(settings).awaitReady();
    }

    /** One more gateway; returns when it is ready. */
    public final ServiceProcess startGateway() {
        return startGateway(Map.of());
    }

    /** One more gateway with settings of its own, by their full names; returns when it is ready. */
    public final ServiceProcess startGateway(Map<String, String> settings) {
        return gateways.add(settings).awaitReady();
    }

    public final List<ServiceProcess> gateways() {
        return gateways.alive();
    }

    public final List<ServiceProcess> workers() {
        return workers.alive();
    }

    public final List<ServiceProcess> stores() {
        return stores.alive();
    }

    /** The API of any gateway. */
    public final Api api() {
        return gateways().getFirst().api();
    }

    public final KafkaCluster kafka() {
        return kafka;
    }

    /** The first of its vendors. */
    public final Simulator simulator() {
        return new Simulator(vendors.values().iterator().next().address());
    }

    /** @throws IllegalArgumentException if the layout has no vendor of that name */
    public final Simulator simulator(String name) {
        return new Simulator(vendor(name).address());
    }

    /** @throws IllegalArgumentException if the layout has no vendor of that name */
    public final ServiceProcess vendor(String name) {
        return Optional.ofNullable(vendors.get(name))
                .orElseThrow(() ->
                        new IllegalArgumentException("no vendor '" + name + "'; the layout has " + vendors.keySet()));
    }

    /** Starts a vendor again that was killed, where it was; it has forgotten all calls. Returns when it serves. */
    public final void restartVendor(String name) {
        ServiceProcess restarted = vendor(name).startAgain();
        vendors.put(name, restarted);
        restarted.awaitReady(VENDOR_IS_READY);
    }

    /** How many partitions each of its topics has. */
    public final int partitions() {
        return layout.partitions();
    }

    /** Where the logs of its processes are. */
    public final Path directory() {
        return directory;
    }

    @Override
    public void close() {
        Spawned.stop(processes(Stream.of(gateways, workers, stores).flatMap(fleet -> fleet.alive().stream())));
        Spawned.stop(processes(vendors.values().stream()));
        Spawned.stop(kafka.nodes());
    }

    private static List<Spawned> processes(Stream<ServiceProcess> services) {
        return services.map(ServiceProcess::process).toList();
    }
}
