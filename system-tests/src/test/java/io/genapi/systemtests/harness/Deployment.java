package io.genapi.systemtests.harness;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Brokers, a simulated vendor, and some of each service, all processes of their own. */
public class Deployment implements AutoCloseable {

    private static final int HEAP = 384;

    private final Layout layout;
    private final Path directory;
    private final KafkaCluster kafka;
    private final ServiceProcess vendor;
    private final List<String> vendorArguments;
    private final List<ServiceProcess> gateways = new ArrayList<>();
    private final List<ServiceProcess> workers = new ArrayList<>();
    private final List<ServiceProcess> stores = new ArrayList<>();
    private int started;

    Deployment(Layout layout) {
        this.layout = layout;
        this.directory = Checkout.emptyDirectory(layout.name());
        this.kafka = new KafkaCluster(directory, layout.brokers());
        this.vendor = ServiceProcess.start(
                "vendor-simulator", "simulator", directory, HEAP, layout.simulatorArguments(), Map.of());
        kafka.start();
        vendor.awaitReady("/simulator/stats");
        this.vendorArguments = layout.catalog()
                .map(writer -> List.of(
                        "--config",
                        writer.write(directory, simulator().vendorUrl()).toString()))
                .orElseGet(() -> List.of(
                        "--config",
                        Checkout.root().resolve("config/genapi.yaml").toString(),
                        "--set",
                        "genapi.simulator-url=" + simulator().vendorUrl()));
        complete();
    }

    /** Brings the deployment back to its full size, with a vendor that behaves, after a test that stopped parts of it. */
    public final void complete() {
        simulator().reset();
        List<ServiceProcess> fresh = new ArrayList<>();
        fill(stores, this::launchStore, fresh);
        fill(workers, this::launchWorker, fresh);
        fill(gateways, this::launchGateway, fresh);
        fresh.forEach(ServiceProcess::awaitReady);
        Stream.of(stores, workers, gateways).flatMap(List::stream).forEach(ServiceProcess::awaitReady);
    }

    private void fill(
            List<ServiceProcess> services, Function<String, ServiceProcess> launch, List<ServiceProcess> fresh) {
        services.removeIf(service -> !service.process().isAlive());
        while (services.size() < layout.each()) {
            ServiceProcess service = launch.apply(Integer.toString(++started));
            services.add(service);
            fresh.add(service);
        }
    }

    private ServiceProcess launchStore(String number) {
        return launch(
                "result-store",
                "store-" + number,
                "--set",
                "genapi.store.state-dir=" + directory.resolve("state-" + number));
    }

    private ServiceProcess launchWorker(String number) {
        return launch("dispatcher-worker", "worker-" + number);
    }

    private ServiceProcess launchGateway(String number) {
        return launch("gateway-api", "gateway-" + number);
    }

    private ServiceProcess launch(String module, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap", kafka.bootstrapServers(), "--set", "genapi.kafka.partitions=" + layout.partitions()));
        arguments.addAll(vendorArguments);
        arguments.addAll(List.of(more));
        return ServiceProcess.start(module, name, directory, HEAP, arguments, layout.environment());
    }

    /** One more worker; returns when it is ready. */
    public final ServiceProcess startWorker() {
        return added(workers, launchWorker(Integer.toString(++started)));
    }

    /** One more gateway; returns when it is ready. */
    public final ServiceProcess startGateway() {
        return added(gateways, launchGateway(Integer.toString(++started)));
    }

    private static ServiceProcess added(List<ServiceProcess> services, ServiceProcess service) {
        services.add(service);
        return service.awaitReady();
    }

    public final List<ServiceProcess> gateways() {
        return alive(gateways);
    }

    public final List<ServiceProcess> workers() {
        return alive(workers);
    }

    public final List<ServiceProcess> stores() {
        return alive(stores);
    }

    private static List<ServiceProcess> alive(List<ServiceProcess> services) {
        return services.stream().filter(service -> service.process().isAlive()).toList();
    }

    /** The API of any gateway. */
    public final Api api() {
        return gateways().getFirst().api();
    }

    public final KafkaCluster kafka() {
        return kafka;
    }

    public final Simulator simulator() {
        return new Simulator(URI.create(vendor.address().toString()));
    }

    /** Where the logs of its processes are. */
    public final Path directory() {
        return directory;
    }

    @Override
    public void close() {
        Spawned.stop(Stream.of(gateways, workers, stores)
                .flatMap(List::stream)
                .map(ServiceProcess::process)
                .toList());
        Spawned.stop(List.of(vendor.process()));
        Spawned.stop(kafka.nodes());
    }
}
