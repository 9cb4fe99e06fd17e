package io.genapi.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.http.Answer;
import io.genapi.chaos.http.Api;
import io.genapi.chaos.patience.Concurrently;
import io.genapi.chaos.patience.Eventually;
import io.genapi.chaos.process.ServiceProcess;
import io.genapi.chaos.vendor.Simulator;
import io.genapi.systemtests.harness.Checkout;
import io.genapi.systemtests.harness.Genapi;
import io.genapi.systemtests.harness.SystemTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A vendor catalog that changes while jobs run. */
@SystemTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReloadIT {

    private static final int JOBS = 20;
    private static final String ADDED = "added-model";
    private static final Pattern ROOM = Pattern.compile("genapi_vendor_room\\{.*vendor=\"([^\"]*)\"");

    private final Path directory = Checkout.emptyDirectory("reload");
    private final Path catalog = directory.resolve("genapi.yaml");
    private final Deployment broker = new Deployment(
            Checkout.installation(),
            directory,
            new Layout(1, 4, 1, 2, 1, vendors(), Optional.of(this::writeFirst), Map.of()));

    private static Map<String, List<String>> vendors() {
        Map<String, List<String>> vendors = new LinkedHashMap<>();
        vendors.put("first", List.of());
        vendors.put("second", List.of());
        return vendors;
    }

    private Path writeFirst(Path directory, Map<String, String> urls) {
        write("""
                vendors: { first: { base-url: "%s" } }
                models: { %s: [{ vendor: first }] }
                """.formatted(urls.get("first"), Api.MODEL));
        return catalog;
    }

    @BeforeEach
    void begin() throws IOException {
        broker.complete();
        Files.deleteIfExists(catalog);
        write(onlyFirst());
        awaitModels(Api.MODEL);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void followsWithoutDisturbingWhatRuns() {
        first().hold();
        List<Answer> running = Concurrently.map(JOBS, i -> broker.api().submit("running-" + i + "-end"));
        Eventually.holds("all are at the first vendor", () -> first().inFlight() == JOBS);

        write(both());
        awaitModels(Api.MODEL, ADDED);
        assertEquals(200, ask(ADDED, "new-model").status());
        assertEquals(1, second().callsAbout("new-model").size());

        write(onlySecond());
        awaitModels(ADDED);
        Answer gone = ask(Api.MODEL, "gone");
        assertEquals(404, gone.status(), gone::toString);
        assertEquals("model_not_found", gone.errorCode());

        assertEquals(JOBS, first().inFlight());
        first().release();
        running.forEach(this::succeeds);
        assertEquals(JOBS, first().callsAbout("running-").size(), "each was called for once");
        assertEquals(List.of(), second().callsAbout("running-"));
    }

    @Test
    void parksJobsOfAVendorThatCameLaterAndTakesThemUpAgain() {
        write(both());
        awaitModels(Api.MODEL, ADDED);
        second().behave("{\"error_rate\":1,\"error_statuses\":[503]}");
        List<Answer> parked = Concurrently.map(JOBS, i -> submit(ADDED, "parked-" + i + "-end"));
        parked.forEach(job -> Eventually.holds(
                job.jobId() + " is parked",
                () -> broker.api().job(job.jobId()).jobStatus().equals("parked")));
        second().reset();
        parked.forEach(this::succeeds);
    }

    @Test
    void changesNothingWhileTheFileIsBrokenAndSaysWhy() {
        write("vendors: { first: { base-url: nowhere } }");
        Eventually.holds(
                "every process that reads the file says why it does not count",
                () -> problems().size() == 3);
        JsonNode health = broker.api().get("/health").json();
        assertEquals("degraded", health.path("status").asString(""));
        assertEquals("degraded", health.path("services").path("catalog").asString(""));
        problems().forEach(problem -> assertTrue(problem.contains("vendors.first.base-url"), problem));
        assertEquals(200, ask(Api.MODEL, "while-broken").status());
        assertEquals(1, first().callsAbout("while-broken").size());

        write(onlyFirst());
        Eventually.holds("it counts again", () -> problems().isEmpty());
        assertEquals(
                "healthy",
                broker.api()
                        .get("/health")
                        .json()
                        .path("services")
                        .path("catalog")
                        .asString(""));
    }

    @Test
    void seesALinkThatIsSwappedAsKubernetesDoesIt() throws IOException {
        Path mounted = Checkout.emptyDirectory("reload-mounted");
        publish(mounted, "one", onlyFirst());
        Files.createSymbolicLink(mounted.resolve("genapi.yaml"), Path.of("..data", "genapi.yaml"));
        Files.delete(catalog);
        Files.createSymbolicLink(catalog, mounted.resolve("genapi.yaml"));
        publish(mounted, "two", both());
        awaitModels(Api.MODEL, ADDED);
        assertEquals(200, ask(ADDED, "swapped").status());
    }

    @Test
    void tellsWhatEachProcessMakesOfItWhenItIsToldToReadAtOnce() {
        Genapi genapi = new Genapi(directory);
        String url = broker.api().base().toString();
        Genapi.Outcome same = genapi.run("reload", "--url", url);
        assertEquals(0, same.exitCode(), same::toString);
        assertEquals(
                3,
                same.out().lines().filter(line -> line.startsWith("unchanged ")).count(),
                same::toString);

        write("vendors: [nonsense]");
        Genapi.Outcome refused = genapi.run("reload", "--url", url);
        assertEquals(1, refused.exitCode(), refused::toString);
        assertEquals(
                3,
                refused.out()
                        .lines()
                        .filter(line -> line.startsWith("refused "))
                        .count(),
                refused::toString);

        write(both());
        Genapi.Outcome good = genapi.run("reload", "--url", url);
        assertEquals(0, good.exitCode(), good::toString);
        assertEquals(200, ask(ADDED, "told").status());
    }

    private void succeeds(Answer accepted) {
        Eventually.holds(
                accepted.jobId() + " succeeds",
                () -> broker.api().job(accepted.jobId(), 30).jobStatus().equals("succeeded"));
    }

    private Answer ask(String model, String question) {
        return broker.api().post("/v1/chat/completions", Api.chatBody(model, question));
    }

    private Answer submit(String model, String question) {
        Answer accepted =
                broker.api().post("/v1/chat/completions", Api.chatBody(model, question), "Prefer", "respond-async");
        assertEquals(202, accepted.status(), accepted::toString);
        return accepted;
    }

    /** Until all processes go by it: the gateway lists the models, and the workers know the vendors of them and no other. */
    private void awaitModels(String... models) {
        Eventually.holds("the models are " + List.of(models), () -> models().equals(List.of(models)));
        Set<String> vendors = Stream.of(models)
                .map(model -> model.equals(ADDED) ? "second" : "first")
                .collect(Collectors.toSet());
        Eventually.holds(
                "the workers follow",
                () -> broker.workers().stream()
                        .allMatch(worker -> vendors(worker).equals(vendors)));
    }

    private List<String> models() {
        return elements(broker.api().get("/v1/models").json().path("data"))
                .map(model -> model.path("id").asString(""))
                .toList();
    }

    private static Set<String> vendors(ServiceProcess worker) {
        return ROOM.matcher(worker.api().get("/metrics").text())
                .results()
                .map(room -> room.group(1))
                .collect(Collectors.toSet());
    }

    private List<String> problems() {
        return elements(broker.api().get("/health").json().path("details").path("instances"))
                .flatMap(instance -> instance.path("catalog_problem").stringValueOpt().stream())
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.values().stream();
    }

    private Simulator first() {
        return broker.simulator("first");
    }

    private Simulator second() {
        return broker.simulator("second");
    }

    private String onlyFirst() {
        return """
                vendors: { first: { base-url: "%s" } }
                models: { %s: [{ vendor: first }] }
                """.formatted(first().vendorUrl(), Api.MODEL);
    }

    private String onlySecond() {
        return """
                vendors: { second: { base-url: "%s" } }
                models: { %s: [{ vendor: second }] }
                """.formatted(second().vendorUrl(), ADDED);
    }

    private String both() {
        return """
                vendors: { first: { base-url: "%s" }, second: { base-url: "%s" } }
                models: { %s: [{ vendor: first }], %s: [{ vendor: second }] }
                """.formatted(first().vendorUrl(), second().vendorUrl(), Api.MODEL, ADDED);
    }

    private void write(String yaml) {
        try {
            Files.writeString(catalog, yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void publish(Path mounted, String version, String yaml) throws IOException {
        Path files = Files.createDirectory(mounted.resolve(".." + version));
        Files.writeString(files.resolve("genapi.yaml"), yaml);
        Path link = Files.createSymbolicLink(mounted.resolve("..data_tmp"), files.getFileName());
        Files.move(link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
