package io.genapi.systemtests.harness;

import io.genapi.chaos.cluster.Deployment;
import io.genapi.chaos.cluster.Layout;
import io.genapi.chaos.http.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One broker and one of each service, which log everything, export their traces, and know a vendor that wants a key and
 * one that refuses its key; one for all tests that ask for it.
 */
public final class Solo extends Deployment {

    /** What the vendor accepts. */
    public static final String KEY = "sk-test-Lw8vQzT3good9mXcKr5yHb2d";
    /** What the vendor refuses. */
    public static final String WRONG_KEY = "sk-test-Pq4nZsR7wrong1jVfGt6xKc8";
    /** A model that the vendor is asked for with the key that it refuses. */
    public static final String REFUSED_MODEL = "gpt-4o";

    private final TraceCollector traces;

    Solo() {
        this(new TraceCollector());
    }

    private Solo(TraceCollector traces) {
        super(
                Checkout.installation(),
                Checkout.emptyDirectory("solo"),
                new Layout(
                        1,
                        4,
                        1,
                        1,
                        1,
                        Map.of("simulator", List.of("--key", KEY)),
                        Optional.of(Solo::writeCatalog),
                        Map.of(
                                "GENAPI_LOG_LEVEL",
                                "DEBUG",
                                "OPENAI_API_KEY",
                                KEY,
                                "WRONG_API_KEY",
                                WRONG_KEY,
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                traces.endpoint(),
                                "OTEL_BSP_SCHEDULE_DELAY",
                                "200")));
        this.traces = traces;
    }

    private static Path writeCatalog(Path directory, Map<String, String> urls) {
        try {
            return Files.writeString(directory.resolve("genapi.yaml"), """
                    vendors:
                      openai: { base-url: "%1$s", api-key: "env:OPENAI_API_KEY" }
                      refusing: { base-url: "%1$s", api-key: "env:WRONG_API_KEY" }
                    models:
                      %2$s: [{ vendor: openai }]
                      %3$s: [{ vendor: refusing }]
                    """.formatted(
                            urls.values().iterator().next(), Api.MODEL, REFUSED_MODEL));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
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
