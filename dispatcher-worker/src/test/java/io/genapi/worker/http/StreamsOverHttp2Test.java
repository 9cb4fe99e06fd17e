package io.genapi.worker.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.genapi.simulator.SimulatorOptions;
import io.genapi.simulator.VendorSimulator;
import io.genapi.simulator.tls.Encryption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The same over HTTP/2, and from servers that speak HTTP/1.1 to the same client. */
class StreamsOverHttp2Test extends StreamsOverHttpTest {

    @TempDir
    private static Path directory;

    @Override
    VendorSimulator startVendor() {
        return VendorSimulator.start(SimulatorOptions.PLAIN.withEncryption(Encryption.SELF_SIGNED));
    }

    @Override
    String simulatorUrl(String path) {
        return "https://localhost:%d%s".formatted(simulator.port(), path);
    }

    @Override
    String more() {
        return ", http2: true, ca-file: \"%s\"".formatted(authority(directory, simulator));
    }

    /** A file with what makes the vendor trusted. */
    static Path authority(Path directory, VendorSimulator simulator) {
        try {
            return Files.writeString(
                    directory.resolve("ca.pem"), simulator.certificatePem().orElseThrow());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @AfterEach
    void isWhatWasSpoken() {
        assertTrue(simulator.calls().stream()
                .allMatch(call -> call.header("x-http2-scheme").isPresent()));
    }
}
