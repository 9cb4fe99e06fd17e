package io.genapi.worker.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.catalog.CatalogFile;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.reload.CatalogReload;
import io.genapi.runtime.reload.CatalogSource;
import io.genapi.runtime.reload.CurrentCatalog;
import io.genapi.runtime.reload.ReloadOutcome;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.fault.Fault;
import io.genapi.simulator.tls.Encryption;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.vendor.VendorOutcome;
import io.genapi.worker.vendor.VendorOutcome.Completed;
import io.genapi.worker.vendor.VendorOutcome.Impossible;
import io.genapi.worker.vendor.VendorOutcome.TimedOut;
import io.genapi.worker.vendor.VendorOutcome.Unreachable;
import io.genapi.worker.vendor.VendorOutcome.Unusable;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How vendors are connected to, as their entries in the catalog say. */
class ConnectionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private ApacheVendorClient client = client(500, Map.of());

    @AfterEach
    void close() {
        client.close();
    }

    private static ApacheVendorClient client(int connections, Map<String, String> environment) {
        return new ApacheVendorClient(
                connections,
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                new ProxyEnvironment(environment),
                _ -> new OpenAiDialect(),
                (_, _) -> {},
                new Telemetry(OpenTelemetry.noop()),
                InstantSource.system());
    }

    Candidate candidate(String baseUrl, String more) throws IOException {
        Path file = Files.writeString(directory.resolve("genapi.yaml"), """
                vendors: { local: { base-url: "%s"%s } }
                models: { gpt-4o: [{ vendor: local }] }
                """.formatted(baseUrl, more));
        return CatalogFile.read(file, Map.of()).candidates(Samples.MODEL).getFirst();
    }

    private VendorOutcome call(String baseUrl, String more) throws Exception {
        return client.call(Samples.call(candidate(baseUrl, more), LONG)).outcome();
    }

    private VendorOutcome trusting(VendorSimulator simulator, String host, String more) throws Exception {
        Files.writeString(
                directory.resolve("ca.pem"), simulator.certificatePem().orElseThrow());
        return call("https://%s:%d/v1".formatted(host, simulator.port()), ", ca-file: ca.pem" + more);
    }

    private static VendorSimulator simulator(Encryption encryption) {
        return VendorSimulator.start(SimulatorOptions.PLAIN.withEncryption(encryption));
    }

    @Test
    void trustsTheAuthorityThatTheCatalogNames() throws Exception {
        try (VendorSimulator simulator = simulator(Encryption.SELF_SIGNED)) {
            assertInstanceOf(Completed.class, trusting(simulator, "localhost", ""));
            assertInstanceOf(Completed.class, trusting(simulator, "127.0.0.1", ""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SELF_SIGNED, false, is signed by nobody",
        "EXPIRED, true, has expired",
        "EXPIRED, false, is signed by nobody",
        "WRONG_HOST, true, is for another host"
    })
    void saysWhatIsWrongWithACertificateAndWhatToDo(Encryption encryption, boolean trusted, String how)
            throws Exception {
        try (VendorSimulator simulator = simulator(encryption)) {
            VendorOutcome outcome = trusted
                    ? trusting(simulator, "localhost", "")
                    : call("https://localhost:%d/v1".formatted(simulator.port()), "");
            Impossible impossible = assertInstanceOf(Impossible.class, outcome);
            String message = impossible.error().message();
            assertTrue(message.contains("'local' (localhost) " + how), message);
            assertTrue(message.contains("ca-file"), message);
            assertTrue(impossible.vendorAtFault());
            assertEquals(0, simulator.statistics().total());
        }
    }

    @Test
    void trustsAnotherAuthorityOnceTheCatalogIsReadAgainThoughItsOwnFileIsTheSame() throws Exception {
        try (VendorSimulator former = simulator(Encryption.EXPIRED);
                VendorSimulator vendor = simulator(Encryption.SELF_SIGNED)) {
            Path authorities = directory.resolve("ca.pem");
            Files.writeString(authorities, former.certificatePem().orElseThrow());
            Candidate before = candidate("https://localhost:%d/v1".formatted(vendor.port()), ", ca-file: ca.pem");
            assertInstanceOf(
                    Impossible.class, client.call(Samples.call(before, LONG)).outcome());
            Path file = directory.resolve("genapi.yaml");
            CatalogSource source = new CatalogSource(List.of(file), () -> CatalogFile.read(file, Map.of()));
            CurrentCatalog current = new CurrentCatalog(source.read());
            CatalogReload reload = new CatalogReload("test", source, current, List.of(), System::nanoTime);
            assertEquals(new ReloadOutcome.Unchanged(), reload.now());
            Files.writeString(authorities, vendor.certificatePem().orElseThrow());
            assertEquals(new ReloadOutcome.Applied(List.of("vendor local: ca-file changed")), reload.now());
            Candidate after = current.get().candidates(Samples.MODEL).getFirst();
            assertInstanceOf(
                    Completed.class, client.call(Samples.call(after, LONG)).outcome());
        }
    }

    @Test
    void knowsThatACallWasNotMadeIfTheHandshakeIsCut() throws Exception {
        try (VendorSimulator simulator = simulator(Encryption.SELF_SIGNED)) {
            simulator.change(now -> now.withCutHandshakes(true));
            assertInstanceOf(Unreachable.class, trusting(simulator, "localhost", ""));
        }
    }

    @Test
    void waitsForAHandshakeNoLongerThanForAConnection() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertInstanceOf(
                    Unreachable.class,
                    call("https://127.0.0.1:%d/v1".formatted(silent.getLocalPort()), ", connect-timeout: 200ms"));
        }
    }

    @Test
    void endsACallWhoseVendorFallsSilent() throws Exception {
        try (VendorSimulator simulator = VendorSimulator.start()) {
            String url = simulator.baseUri().toString();
            for (Fault silence : List.of(new Fault.Hang(), new Fault.HangAfterHeaders())) {
                simulator.failNext(silence);
                assertEquals(new TimedOut(Duration.ofMillis(300), true), call(url, ", read-timeout: 300ms"));
            }
            assertInstanceOf(Completed.class, call(url, ", read-timeout: 30s"));
        }
    }

    @Test
    void takesThePageOfAProxyForNoAnswer() throws Exception {
        try (VendorSimulator simulator = VendorSimulator.start()) {
            simulator.failNext(new Fault.WrongContentType());
            assertInstanceOf(Unusable.class, call(simulator.baseUri().toString(), ""));
        }
    }

    @Test
    void callsByWayOfTheProxyOfTheCatalogOrOfTheEnvironment() throws Exception {
        try (VendorSimulator simulator = simulator(Encryption.SELF_SIGNED);
                TunnelProxy proxy = TunnelProxy.to(simulator.port())) {
            // A name that leads nowhere shows that the proxy looks it up, if anybody.
            assertInstanceOf(
                    Completed.class,
                    trusting(simulator, "localhost", ", proxy: 'http://127.0.0.1:%d'".formatted(proxy.port())));
            assertEquals(List.of("localhost:" + simulator.port()), proxy.asked());

            client.close();
            client = client(500, Map.of("HTTPS_PROXY", "http://me:secret@127.0.0.1:" + proxy.port()));
            proxy.wantLogin("me:secret");
            assertInstanceOf(Impossible.class, call("https://vllm.invalid/v1", ""));
            assertTrue(proxy.asked().contains("vllm.invalid:443"), proxy.asked().toString());
            assertInstanceOf(Completed.class, trusting(simulator, "localhost", ", proxy: none"));
        }
    }

    @Test
    void blamesTheProxyThatMakesNoConnection() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(1)) {
            proxy.wantLogin("nobody:knows");
            assertInstanceOf(
                    Unreachable.class,
                    call("https://vllm.invalid/v1", ", proxy: 'http://127.0.0.1:%d'".formatted(proxy.port())));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void usesConnectionsAgain(boolean encrypted) throws Exception {
        int calls = Integer.getInteger("genapi.test.calls", 300);
        try (VendorSimulator simulator = encrypted ? simulator(Encryption.SELF_SIGNED) : VendorSimulator.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            if (encrypted) {
                Files.writeString(
                        directory.resolve("ca.pem"), simulator.certificatePem().orElseThrow());
            }
            Candidate candidate = candidate(
                    "%s://localhost:%d/v1".formatted(encrypted ? "https" : "http", simulator.port()),
                    encrypted ? ", ca-file: ca.pem" : "");
            client.close();
            client = client(calls, Map.of());
            for (int round = 0; round < 3; round++) {
                simulator.hold();
                List<Future<VendorOutcome>> outcomes = new ArrayList<>();
                for (int call = 0; call < calls; call++) {
                    outcomes.add(threads.submit(
                            () -> client.call(Samples.call(candidate, LONG)).outcome()));
                }
                await().atMost(LONG).until(() -> simulator.statistics().inFlight() == calls);
                simulator.release();
                for (Future<VendorOutcome> outcome : outcomes) {
                    assertInstanceOf(Completed.class, outcome.get());
                }
            }
            assertEquals(calls, simulator.statistics().connections());
        }
    }
}
