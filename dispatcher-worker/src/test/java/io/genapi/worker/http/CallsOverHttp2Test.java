package io.genapi.worker.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.runtime.catalog.Candidate;
import io.genapi.runtime.net.ProxyEnvironment;
import io.genapi.runtime.telemetry.Telemetry;
import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.tls.Encryption;
import io.genapi.worker.Samples;
import io.genapi.worker.dialect.openai.OpenAiDialect;
import io.genapi.worker.vendor.VendorClient;
import io.genapi.worker.vendor.VendorClientContract;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Whole answers over HTTP/2. */
class CallsOverHttp2Test extends VendorClientContract {

    @TempDir
    private static Path directory;

    private final Path authority = StreamsOverHttp2Test.authority(directory, simulator);

    private final ApacheVendorClient client = new ApacheVendorClient(
            300,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            new ProxyEnvironment(Map.of()),
            _ -> new OpenAiDialect(),
            (_, _) -> {},
            new Telemetry(OpenTelemetry.noop()),
            InstantSource.system());

    @Override
    protected VendorSimulator startVendor() {
        return VendorSimulator.start(SimulatorOptions.PLAIN.withEncryption(Encryption.SELF_SIGNED));
    }

    @Override
    protected VendorClient client() {
        return client;
    }

    @Override
    protected Candidate candidate(URI baseUrl) {
        return Samples.catalog("""
                vendors:
                  only: { base-url: "%s", api-key: "env:VENDOR_KEY", http2: true, ca-file: "%s" }
                models:
                  gpt-4o: [{ vendor: only, model: vendor-model }]
                """.formatted(baseUrl, authority))
                .candidates(Samples.MODEL)
                .getFirst();
    }

    @AfterEach
    void isWhatWasSpoken() {
        client.close();
        assertTrue(simulator.calls().stream()
                .allMatch(call -> call.header("x-http2-scheme").isPresent()));
    }
}
