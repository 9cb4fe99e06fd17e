package io.genapi.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.service.ServiceCommand;
import io.genapi.systemtests.deploy.ComposeFile.Mount;
import io.genapi.systemtests.deploy.ComposeFile.Service;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Option;

final class ComposeFileTest {

    private static final Repository REPOSITORY = Repository.here();
    private static final ComposeFile COMPOSE = ComposeFile.read(REPOSITORY, Map.of());
    private static final Map<String, Integer> PORTS =
            Map.of("gateway", 8080, "worker", 8081, "store", 8082, "store-2", 8082, "vendor-simulator", 9999);

    /** Spring gives each phase of a stop 30 s; running jobs and open requests are two of them. */
    private static final long OWN_GRACE_SECONDS = 60;

    /** The volume of blobs. */
    private static final String SHARED = "files";

    @Test
    void everyServiceSaysWhatItRunsHowItIsCheckedAndThatItRestarts() {
        for (Service service : COMPOSE.services()) {
            assertTrue(
                    service.text("image").matches("[a-z/-]+:[a-z0-9.]+"), service.name() + " " + service.text("image"));
            assertFalse(service.text("image").endsWith(":latest"), service.name());
            assertEquals("unless-stopped", service.text("restart"), service.name());
            assertFalse(service.node().at("/healthcheck/test").isEmpty(), service.name());
        }
    }

    @Test
    void ourServicesAreAskedWhetherTheyAreReadyAtTheirPort() {
        assertEquals(PORTS.keySet(), COMPOSE.ours().map(Service::name).collect(Collectors.toSet()));
        COMPOSE.ours().forEach(service -> {
            String port = PORTS.getOrDefault(service.name(), 0).toString();
            String path = service.name().equals("vendor-simulator") ? "/simulator/stats" : "/health/ready";
            List<String> test = service.node()
                    .at("/healthcheck/test")
                    .valueStream()
                    .map(word -> word.asString())
                    .toList();
            assertEquals(List.of("CMD", "probe", port, path), test, service.name());
            assertEquals(port, service.option("port"), service.name());
            assertEquals("0.0.0.0", service.option("host"), service.name());
        });
    }

    @Test
    void everyReplicaAdvertisesItsOwnContainer() {
        brokerClients()
                .forEach(service -> assertEquals(
                        "http://${HOSTNAME}:" + PORTS.get(service.name()),
                        service.option("advertise"),
                        service.name()));
    }

    @Test
    void servicesFindAllBrokersAndWaitForThem() {
        Set<String> brokers = COMPOSE.brokers().stream().map(Service::name).collect(Collectors.toSet());
        String bootstrap = brokers.stream().sorted().map(name -> name + ":9092").collect(Collectors.joining(","));
        brokerClients().forEach(service -> {
            assertEquals(bootstrap, service.option("bootstrap"), service.name());
            brokers.forEach(broker -> assertEquals(
                    "service_healthy",
                    service.node()
                            .path("depends_on")
                            .path(broker)
                            .path("condition")
                            .asString(""),
                    service.name()));
        });
    }

    @Test
    void containersGetLongerToStopThanServicesTake() {
        brokerClients()
                .forEach(service ->
                        assertTrue(service.seconds("stop_grace_period") > OWN_GRACE_SECONDS, service.name()));
    }

    @Test
    void whatStartsByDefaultFitsIntoFourGibibytesTheSimulatorIncluded() {
        long bytes = COMPOSE.services().stream()
                .filter(service -> !service.isOptional() || service.name().equals("vendor-simulator"))
                .mapToLong(service -> service.memory().toBytes() * service.replicas())
                .sum();
        assertTrue(
                bytes <= DataSize.ofGigabytes(4).toBytes(),
                DataSize.ofBytes(bytes).toMegabytes() + " MiB");
    }

    @Test
    void nothingIsPublishedBeyondThisMachine() {
        Set<String> published = new HashSet<>();
        for (Service service : COMPOSE.services()) {
            for (String port : service.texts("ports")) {
                assertTrue(port.matches("127\\.0\\.0\\.1:[\\d-]+:\\d+"), service.name() + " publishes " + port);
                assertTrue(published.add(port.split(":", -1)[1]), port + " is published twice");
            }
        }
        assertEquals(Set.of("8080", "9090"), published);
    }

    @Test
    void severalGatewaysGetAPortEach() {
        Service gateway = ComposeFile.read(
                        REPOSITORY, Map.of("GENAPI_GATEWAYS", "2", "GENAPI_GATEWAY_PORTS", "8080-8081"))
                .service("gateway");
        assertEquals(2, gateway.replicas());
        assertEquals(List.of("127.0.0.1:8080-8081:8080"), gateway.texts("ports"));
    }

    @Test
    void whatIsMountedIsThereAndEveryVolumeIsUsedOnceButTheSharedOne() {
        Set<String> used = new HashSet<>();
        for (Service service : COMPOSE.services()) {
            for (Mount mount : service.mounts()) {
                if (mount.isBind()) {
                    assertTrue(Files.exists(REPOSITORY.file(mount.source())), mount.source() + " does not exist");
                } else {
                    boolean first = used.add(mount.source());
                    assertTrue(first || mount.source().equals(SHARED), mount.source() + " is mounted twice");
                }
            }
        }
        assertEquals(COMPOSE.volumes(), used);
        for (String store : List.of("store", "store-2")) {
            String mounted = COMPOSE.service(store).mounts().getFirst().target();
            assertTrue(
                    COMPOSE.service(store).option("set").startsWith("genapi.store.state-dir=" + mounted + "/"), store);
        }
    }

    @Test
    void gatewaysAndWorkersShareOnePlaceOfBlobsAndNobodyElseHasIt() {
        for (Service service : COMPOSE.services()) {
            boolean shares = Set.of("gateway", "worker").contains(service.name());
            List<String> places = service.texts("command").stream()
                    .filter(argument -> argument.startsWith("--set=genapi.blob."))
                    .toList();
            List<Mount> shared = service.mounts().stream()
                    .filter(mount -> mount.source().equals(SHARED))
                    .toList();
            assertEquals(
                    shares ? List.of("--set=genapi.blob.directory=/var/lib/genapi/blobs") : List.of(),
                    places,
                    service.name());
            boolean reads = service.name().equals("worker");
            assertEquals(
                    shares ? List.of(new Mount(SHARED, "/var/lib/genapi", reads)) : List.of(), shared, service.name());
        }
    }

    @Test
    void theCodeKnowsEveryVariableThatItIsGiven() throws Exception {
        MainSources sources = MainSources.of(REPOSITORY);
        COMPOSE.ours()
                .flatMap(service -> service.names("environment").stream())
                .filter(name -> !REPOSITORY.vendorKeys().contains(name))
                .distinct()
                .forEach(name -> assertTrue(sources.knowsVariable(name), "no code reads " + name));
    }

    @Test
    void theCodeKnowsEveryOptionAndSettingThatItIsGiven() throws Exception {
        Set<String> shared = options(ServiceCommand.class);
        Set<String> simulator = options(Class.forName("io.genapi.simulator.commandline.SimulatorCommand"));
        MainSources sources = MainSources.of(REPOSITORY);
        COMPOSE.ours()
                .forEach(service -> service.texts("command").forEach(argument -> {
                    String option = argument.substring(0, argument.indexOf('='));
                    Set<String> known = service.name().equals("vendor-simulator") ? simulator : shared;
                    assertTrue(known.contains(option), service.name() + " has no option " + option);
                    if (option.equals("--set")) {
                        String setting = argument.split("=", -1)[1];
                        assertTrue(sources.knowsSetting(setting), "no code has the setting " + setting);
                    }
                }));
    }

    /** A key without a value is taken from the environment, and stays out of this file. */
    @Test
    void workersAndNobodyElseAreGivenTheVendorsKeys() {
        for (Service service : COMPOSE.services()) {
            for (String key : REPOSITORY.vendorKeys()) {
                assertEquals(
                        service.name().equals("worker"),
                        service.names("environment").contains(key),
                        service.name());
                assertTrue(
                        service.node()
                                .path("environment")
                                .path(key)
                                .asString("")
                                .isEmpty(),
                        service.name());
            }
        }
    }

    @Test
    void theSimulatorStandsInWhereTheEnvironmentFileIsUsed() {
        Map<String, String> simulated = REPOSITORY
                .text("deploy/simulator.env")
                .lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1]));
        assertEquals("http://vendor-simulator:9999/v1", simulated.get("GENAPI_SIMULATOR_URL"));
        assertEquals(
                List.of(simulated.get("COMPOSE_PROFILES")),
                COMPOSE.service("vendor-simulator").texts("profiles"));
        Stream.of("gateway", "worker")
                .map(COMPOSE::service)
                .forEach(service -> assertTrue(service.names("environment").contains("GENAPI_SIMULATOR_URL")));
    }

    @Test
    void theReadmeTellsEveryVariableThatAUserCanSet() {
        String readme = REPOSITORY.text("deploy/README.md");
        Stream.concat(ComposeFile.variables(REPOSITORY).stream(), REPOSITORY.vendorKeys().stream())
                .forEach(name ->
                        assertTrue(readme.contains("`" + name + "`"), "deploy/README.md does not tell " + name));
    }

    private static Stream<Service> brokerClients() {
        return COMPOSE.ours().filter(service -> !service.name().equals("vendor-simulator"));
    }

    private static Set<String> options(Class<?> command) {
        return Arrays.stream(command.getDeclaredFields())
                .map(field -> field.getAnnotation(Option.class))
                .filter(option -> option != null)
                .flatMap(option -> Arrays.stream(option.names()))
                .collect(Collectors.toSet());
    }
}
