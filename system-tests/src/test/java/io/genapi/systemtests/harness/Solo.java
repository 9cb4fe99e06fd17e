package io.genapi.systemtests.harness;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.http.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One broker and one of each service, which log everything, export their traces, and know a vendor that wants a key,
 * one whose key is in the encrypted file, and one that refuses its key; one for all tests that ask for it.
 */
public final class Solo extends Deployment {

    /** What the vendor accepts. */
    public static final String KEY = "sk-test-Lw8vQzT3good9mXcKr5yHb2d";
    /** What the vendor accepts too, and what looks like no key. */
    public static final String ENCRYPTED_KEY = "Ty6mellowWalrus8Nn4ofTheEast2";
    /** A model that the vendor is asked for with the key from the encrypted file. */
    public static final String ENCRYPTED_MODEL = "gpt-4.1-mini";
    /** Of the encrypted file. */
    public static final String SECRETS_KEY = Base64.getEncoder().encodeToString(SecureRandom.getSeed(32));
    /** What the vendor refuses. */
    public static final String WRONG_KEY = "sk-test-Pq4nZsR7wrong1jVfGt6xKc8";
    /** A model that the vendor is asked for with the key that it refuses. */
    public static final String REFUSED_MODEL = "gpt-4o";

    private static final String KEY_VARIABLE = "GENAPI_SECRETS_KEY";

    private final TraceCollector traces;

    Solo() {
        this(new TraceCollector());
    }

    private Solo(TraceCollector traces) {
        super(
                Checkout.modules(),
                Checkout.emptyDirectory("solo"),
                new Layout(
                        1,
                        4,
                        1,
                        1,
                        1,
                        Map.of("simulator", List.of("--key", KEY, "--key", ENCRYPTED_KEY)),
                        Optional.of(Solo::writeCatalog),
                        Map.of(
                                "GENAPI_LOG_LEVEL",
                                "DEBUG",
                                "OPENAI_API_KEY",
                                KEY,
                                "WRONG_API_KEY",
                                WRONG_KEY,
                                KEY_VARIABLE,
                                SECRETS_KEY,
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                traces.endpoint(),
                                "OTEL_BSP_SCHEDULE_DELAY",
                                "200")));
        this.traces = traces;
    }

    private static Path writeCatalog(Path directory, Map<String, String> urls) {
        try {
            encrypt(directory);
            return Files.writeString(directory.resolve("genapi.yaml"), """
                    vendors:
                      openai: { base-url: "%1$s", api-key: "env:OPENAI_API_KEY" }
                      encrypted: { base-url: "%1$s", api-key: "secret:vendors-key" }
                      refusing: { base-url: "%1$s", api-key: "env:WRONG_API_KEY" }
                    models:
                      %2$s: [{ vendor: openai }]
                      %3$s: [{ vendor: refusing }]
                      %4$s: [{ vendor: encrypted }]
                    """.formatted(
                            urls.values().iterator().next(), Api.MODEL, REFUSED_MODEL, ENCRYPTED_MODEL));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Into the file beside the catalog, as a user does it. */
    private static void encrypt(Path directory) throws IOException {
        Path plain = Files.writeString(directory.resolve("plain.properties"), "vendors-key=" + ENCRYPTED_KEY);
        Genapi.Outcome encrypted = new Genapi(directory, Map.of(KEY_VARIABLE, SECRETS_KEY))
                .run(
                        "secrets",
                        "encrypt",
                        plain.toString(),
                        "--file",
                        directory.resolve("secrets.enc").toString());
        Files.delete(plain);
        if (encrypted.exitCode() != 0) {
            throw new AssertionError("./genapi secrets encrypt: " + encrypted);
        }
    }

    public TraceCollector traces() {
        return traces;
    }

    @Override
    public void close() {
        super.close();
        traces.close();
    }
}
